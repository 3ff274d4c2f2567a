ALTER TABLE "plans" DROP CONSTRAINT "plans_failure";--> statement-breakpoint
DROP INDEX "plan_units_shift";--> statement-breakpoint
ALTER TABLE "plan_trips" ADD COLUMN "to_extra" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "plan_units" ADD COLUMN "extra" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "plan_units_shift" ON "plan_units" USING btree ("agency_id","plan_id","shift_id","extra");--> statement-breakpoint
ALTER TABLE "plans" ADD CONSTRAINT "plans_failure" CHECK ("plans"."failure" in ('nothing_to_plan', 'no_units', 'unit_started', 'too_large', 'worker_lost', 'search_failed', 'no_plan_found'));