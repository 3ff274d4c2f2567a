ALTER TABLE "stops" ADD COLUMN "break_id" uuid;--> statement-breakpoint
ALTER TABLE "stops" ADD COLUMN "dwell_s" integer;--> statement-breakpoint
ALTER TABLE "shifts" ADD COLUMN "breaks" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "plans" ADD COLUMN "findings" jsonb;