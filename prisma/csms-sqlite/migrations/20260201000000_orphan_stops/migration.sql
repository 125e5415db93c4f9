-- CreateTable
CREATE TABLE "OrphanStop" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "station" TEXT NOT NULL,
    "transactionId" INTEGER NOT NULL,
    "timestamp" TEXT NOT NULL,
    "meterStop" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "idTag" TEXT,
    "transactionData" TEXT,
    "receivedAt" BIGINT NOT NULL
);

-- CreateIndex
CREATE INDEX "OrphanStop_station_id_idx" ON "OrphanStop"("station", "id");

-- CreateIndex
CREATE UNIQUE INDEX "OrphanStop_station_transactionId_timestamp_meterStop_key" ON "OrphanStop"("station", "transactionId", "timestamp", "meterStop");


