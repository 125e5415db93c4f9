-- CreateTable
CREATE TABLE "Station" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "vendor" TEXT,
    "model" TEXT,
    "serial" TEXT,
    "firmware" TEXT,
    "bootedAt" BIGINT,
    "seenAt" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "ConnectorStatus" (
    "station" TEXT NOT NULL,
    "connector" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "errorCode" TEXT NOT NULL,
    "info" TEXT,
    "vendorErrorCode" TEXT,
    "at" BIGINT NOT NULL,

    PRIMARY KEY ("station", "connector")
);

-- CreateTable
CREATE TABLE "Token" (
    "idTag" TEXT NOT NULL PRIMARY KEY,
    "status" TEXT NOT NULL,
    "expiry" BIGINT,
    "parentIdTag" TEXT
);

-- CreateTable
CREATE TABLE "Transaction" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "station" TEXT NOT NULL,
    "connector" INTEGER NOT NULL,
    "idTag" TEXT NOT NULL,
    "timestamp" TEXT NOT NULL,
    "meterStart" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "startedAt" BIGINT NOT NULL,
    "stopTimestamp" TEXT,
    "meterStop" INTEGER,
    "reason" TEXT,
    "stopIdTag" TEXT,
    "stoppedAt" BIGINT
);

-- CreateTable
CREATE TABLE "MeterValue" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "station" TEXT NOT NULL,
    "connector" INTEGER NOT NULL,
    "transaction" INTEGER,
    "timestamp" TEXT NOT NULL,
    "sampledValue" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "receivedAt" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "Message" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" BIGINT NOT NULL,
    "station" TEXT NOT NULL,
    "direction" TEXT NOT NULL,
    "text" TEXT NOT NULL
);

-- CreateIndex
CREATE INDEX "Transaction_station_id_idx" ON "Transaction"("station", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Transaction_station_connector_idTag_timestamp_meterStart_key" ON "Transaction"("station", "connector", "idTag", "timestamp", "meterStart");

-- CreateIndex
CREATE INDEX "MeterValue_transaction_id_idx" ON "MeterValue"("transaction", "id");

-- CreateIndex
CREATE UNIQUE INDEX "MeterValue_station_hash_key" ON "MeterValue"("station", "hash");

-- CreateIndex
CREATE INDEX "Message_station_id_idx" ON "Message"("station", "id");

