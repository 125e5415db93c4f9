-- CreateIndex
CREATE INDEX "JournalEntry_evse_id_idx" ON "JournalEntry"("evse", "id");
