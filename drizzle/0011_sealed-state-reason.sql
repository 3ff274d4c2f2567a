ALTER TABLE "shifts" ADD COLUMN "state_reason_enc" text;--> statement-breakpoint
-- Written in the clear until now; a reason lasts as long as the state, so none is carried over.
ALTER TABLE "shifts" DROP COLUMN "state_reason";
