CREATE TABLE "plan_trips" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"plan_id" uuid NOT NULL,
	"trip_id" uuid NOT NULL,
	"trip_version" integer NOT NULL,
	"change" text NOT NULL,
	"from_shift_id" uuid,
	"to_shift_id" uuid,
	"pickup_at" timestamp (3) with time zone,
	"dropoff_at" timestamp (3) with time zone,
	"pickup_was_at" timestamp (3) with time zone,
	"dropoff_was_at" timestamp (3) with time zone,
	"late_s" double precision,
	"slack_s" double precision,
	"cost" double precision,
	"late_probability" double precision,
	"why" jsonb,
	"decision" text DEFAULT 'open' NOT NULL,
	CONSTRAINT "plan_trips_agency_id_id_pk" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "plan_trips_change" CHECK ("plan_trips"."change" in ('added', 'moved', 'retimed', 'removed', 'kept', 'unserved')),
	CONSTRAINT "plan_trips_decision" CHECK ("plan_trips"."decision" in ('open', 'accepted', 'rejected', 'stale'))
);
--> statement-breakpoint
CREATE TABLE "plan_units" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"plan_id" uuid NOT NULL,
	"shift_id" uuid NOT NULL,
	"call_sign" text NOT NULL,
	"manifest_version" integer NOT NULL,
	"stops" jsonb NOT NULL,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL,
	"decision" text DEFAULT 'open' NOT NULL,
	"decided_at" timestamp (3) with time zone,
	"decided_by" uuid,
	CONSTRAINT "plan_units_agency_id_id_pk" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "plan_units_decision" CHECK ("plan_units"."decision" in ('open', 'accepted', 'rejected', 'stale'))
);
--> statement-breakpoint
CREATE TABLE "planning_settings" (
	"agency_id" uuid PRIMARY KEY NOT NULL,
	"settings" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid
);
--> statement-breakpoint
CREATE TABLE "plans" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"service_date" date NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"generation" integer DEFAULT 0 NOT NULL,
	"seed" integer NOT NULL,
	"settings" jsonb NOT NULL,
	"what_if" jsonb,
	"progress" double precision DEFAULT 0 NOT NULL,
	"best_cost" double precision,
	"trip_count" integer DEFAULT 0 NOT NULL,
	"unit_count" integer DEFAULT 0 NOT NULL,
	"unserved_count" integer,
	"before" jsonb,
	"after" jsonb,
	"attempt" integer DEFAULT 0 NOT NULL,
	"failure" text,
	"requested_by" uuid,
	"started_at" timestamp (3) with time zone,
	"beat_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"decided_at" timestamp (3) with time zone,
	"decided_by" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	CONSTRAINT "plans_agency_id_id_pk" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "plans_kind" CHECK ("plans"."kind" in ('day_ahead', 'mid_day', 'what_if')),
	CONSTRAINT "plans_state" CHECK ("plans"."state" in ('queued', 'running', 'proposed', 'partly_applied', 'applied', 'rejected', 'cancelled', 'failed', 'superseded')),
	CONSTRAINT "plans_failure" CHECK ("plans"."failure" in ('nothing_to_plan', 'no_units', 'too_large', 'worker_lost', 'search_failed', 'no_plan_found'))
);
--> statement-breakpoint
ALTER TABLE "plan_trips" ADD CONSTRAINT "plan_trips_agency_id_plan_id_plans_agency_id_id_fk" FOREIGN KEY ("agency_id","plan_id") REFERENCES "public"."plans"("agency_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_trips" ADD CONSTRAINT "plan_trips_agency_id_trip_id_trips_agency_id_id_fk" FOREIGN KEY ("agency_id","trip_id") REFERENCES "public"."trips"("agency_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_units" ADD CONSTRAINT "plan_units_agency_id_plan_id_plans_agency_id_id_fk" FOREIGN KEY ("agency_id","plan_id") REFERENCES "public"."plans"("agency_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_units" ADD CONSTRAINT "plan_units_agency_id_shift_id_shifts_agency_id_id_fk" FOREIGN KEY ("agency_id","shift_id") REFERENCES "public"."shifts"("agency_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "plan_trips_trip" ON "plan_trips" USING btree ("agency_id","plan_id","trip_id");--> statement-breakpoint
CREATE UNIQUE INDEX "plan_units_shift" ON "plan_units" USING btree ("agency_id","plan_id","shift_id");--> statement-breakpoint
CREATE INDEX "plans_day" ON "plans" USING btree ("agency_id","service_date","created_at");--> statement-breakpoint
CREATE INDEX "plans_waiting" ON "plans" USING btree ("agency_id","created_at") WHERE state in ('queued', 'running');--> statement-breakpoint
CREATE UNIQUE INDEX "plans_one_applied" ON "plans" USING btree ("agency_id","service_date","generation") WHERE state in ('applied', 'partly_applied');--> statement-breakpoint
SELECT protect_agency_table(t::regclass, 'select, insert, update')
FROM unnest(ARRAY['planning_settings','plans','plan_units','plan_trips']) AS t;
