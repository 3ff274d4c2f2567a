ALTER TABLE "riders" ADD COLUMN "home_enc" text;--> statement-breakpoint
ALTER TABLE "riders" ADD COLUMN "home_zip_enc" text;