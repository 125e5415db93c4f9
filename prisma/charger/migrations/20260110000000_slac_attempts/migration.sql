-- CreateTable
CREATE TABLE "SlacAttempt" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "evse" INTEGER NOT NULL,
    "session" TEXT,
    "began" BIGINT NOT NULL,
    "result" TEXT NOT NULL,
    "evMac" TEXT,
    "summary" TEXT NOT NULL,
    "data" TEXT NOT NULL,
    "reference" TEXT
);

-- CreateIndex
CREATE INDEX "SlacAttempt_evse_began_idx" ON "SlacAttempt"("evse", "began");

-- CreateIndex
CREATE INDEX "SlacAttempt_began_idx" ON "SlacAttempt"("began");
