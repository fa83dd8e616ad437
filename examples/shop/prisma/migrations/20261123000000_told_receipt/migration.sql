-- AlterTable
ALTER TABLE "alerts" ADD COLUMN "told_receipt" INTEGER NOT NULL DEFAULT 1;
