-- CreateTable
CREATE TABLE "Capture" (
    "entry" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" BIGINT NOT NULL,
    "bytes" BLOB NOT NULL
);

-- Captures move to their own table: they are pruned long before their entries.
INSERT INTO "Capture" ("entry", "at", "bytes") SELECT "id", "at", "raw" FROM "JournalEntry" WHERE "raw" IS NOT NULL;

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_JournalEntry" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" BIGINT NOT NULL,
    "evse" INTEGER,
    "session" TEXT,
    "source" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "data" TEXT NOT NULL
);
INSERT INTO "new_JournalEntry" ("at", "data", "evse", "id", "session", "source", "type") SELECT "at", "data", "evse", "id", "session", "source", "type" FROM "JournalEntry";
DROP TABLE "JournalEntry";
ALTER TABLE "new_JournalEntry" RENAME TO "JournalEntry";
CREATE INDEX "JournalEntry_session_id_idx" ON "JournalEntry"("session", "id");
CREATE INDEX "JournalEntry_at_idx" ON "JournalEntry"("at");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "Capture_at_idx" ON "Capture"("at");

