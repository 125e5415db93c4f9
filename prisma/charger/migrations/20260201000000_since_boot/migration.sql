-- AlterTable
ALTER TABLE "JournalEntry" ADD COLUMN "sinceBoot" INTEGER;


