-- AlterTable
ALTER TABLE "control" ADD COLUMN     "breaker_closed" JSONB;
