-- AlterTable
ALTER TABLE "Session" ADD COLUMN "internetDown" BIGINT;
ALTER TABLE "Session" ADD COLUMN "internetPorts" TEXT;
ALTER TABLE "Session" ADD COLUMN "internetSeconds" REAL;
ALTER TABLE "Session" ADD COLUMN "internetUp" BIGINT;
