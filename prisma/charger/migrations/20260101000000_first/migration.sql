-- CreateTable
CREATE TABLE "JournalEntry" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" BIGINT NOT NULL,
    "evse" INTEGER,
    "session" TEXT,
    "source" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "data" TEXT NOT NULL,
    "raw" BLOB
);

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "evse" INTEGER NOT NULL,
    "kind" TEXT,
    "began" BIGINT NOT NULL,
    "ended" BIGINT,
    "endReason" TEXT,
    "energy" REAL NOT NULL DEFAULT 0,
    "evMac" TEXT,
    "evccId" TEXT,
    "token" TEXT
);

-- CreateTable
CREATE TABLE "Transaction" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "session" TEXT NOT NULL,
    "evse" INTEGER NOT NULL,
    "connector" INTEGER NOT NULL,
    "idToken" TEXT NOT NULL,
    "started" BIGINT NOT NULL,
    "meterStart" REAL NOT NULL,
    "lastMeter" REAL NOT NULL,
    "lastMeterAt" BIGINT NOT NULL,
    "stopped" BIGINT,
    "meterStop" REAL,
    "reason" TEXT,
    "ocppTransactionId" INTEGER,
    "delivered" BOOLEAN NOT NULL DEFAULT false
);

-- CreateTable
CREATE TABLE "OcppMessage" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" BIGINT NOT NULL,
    "transaction" TEXT,
    "evse" INTEGER,
    "action" TEXT NOT NULL,
    "fact" TEXT NOT NULL,
    "payload" TEXT,
    "messageId" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextAttemptAt" BIGINT,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "outcome" TEXT,
    "doneAt" BIGINT,
    "entry" INTEGER
);

-- CreateTable
CREATE TABLE "PausedV2gSession" (
    "evse" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "session" TEXT NOT NULL,
    "transaction" TEXT,
    "protocol" TEXT NOT NULL,
    "v2gSession" TEXT NOT NULL,
    "pausedAt" BIGINT NOT NULL,
    "data" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Setting" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "value" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "changedAt" BIGINT NOT NULL,
    "changedBy" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Account" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "role" TEXT NOT NULL,
    "passwordHash" TEXT NOT NULL,
    "created" BIGINT NOT NULL,
    "lastLogin" BIGINT
);

-- CreateTable
CREATE TABLE "ApiToken" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "secretHash" TEXT NOT NULL,
    "scopes" TEXT NOT NULL,
    "created" BIGINT NOT NULL,
    "expires" BIGINT,
    "lastUsed" BIGINT
);

-- CreateTable
CREATE TABLE "WebSession" (
    "hash" TEXT NOT NULL PRIMARY KEY,
    "account" TEXT NOT NULL,
    "created" BIGINT NOT NULL,
    "lastSeen" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" BIGINT NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "object" TEXT NOT NULL,
    "detail" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "AuthorizationCache" (
    "idToken" TEXT NOT NULL PRIMARY KEY,
    "status" TEXT NOT NULL,
    "parentIdToken" TEXT,
    "expires" BIGINT,
    "updatedAt" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "Gap" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "from" BIGINT NOT NULL,
    "until" BIGINT NOT NULL,
    "entries" INTEGER NOT NULL,
    "bytes" INTEGER NOT NULL,
    "reason" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "WriterMark" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "run" TEXT NOT NULL,
    "group" INTEGER NOT NULL,
    "outcomes" TEXT NOT NULL
);

-- CreateIndex
CREATE INDEX "JournalEntry_session_id_idx" ON "JournalEntry"("session", "id");

-- CreateIndex
CREATE INDEX "JournalEntry_at_idx" ON "JournalEntry"("at");

-- CreateIndex
CREATE INDEX "Session_began_idx" ON "Session"("began");

-- CreateIndex
CREATE INDEX "Session_evse_began_idx" ON "Session"("evse", "began");

-- CreateIndex
CREATE INDEX "Transaction_session_idx" ON "Transaction"("session");

-- CreateIndex
CREATE INDEX "Transaction_stopped_idx" ON "Transaction"("stopped");

-- CreateIndex
CREATE INDEX "OcppMessage_state_id_idx" ON "OcppMessage"("state", "id");

-- CreateIndex
CREATE INDEX "OcppMessage_transaction_idx" ON "OcppMessage"("transaction");

-- CreateIndex
CREATE UNIQUE INDEX "ApiToken_secretHash_key" ON "ApiToken"("secretHash");

-- CreateIndex
CREATE INDEX "WebSession_account_idx" ON "WebSession"("account");

-- CreateIndex
CREATE INDEX "AuditEntry_at_idx" ON "AuditEntry"("at");

