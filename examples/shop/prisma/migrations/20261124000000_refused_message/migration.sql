-- AlterTable
ALTER TABLE "messages" ADD COLUMN "refused" BOOLEAN NOT NULL DEFAULT false;
