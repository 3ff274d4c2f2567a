CREATE TABLE "rider_pairs" (
	"agency_id" uuid NOT NULL,
	"rider_id" uuid NOT NULL,
	"other_id" uuid NOT NULL,
	"rule" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	CONSTRAINT "rider_pairs_agency_id_rider_id_other_id_pk" PRIMARY KEY("agency_id","rider_id","other_id"),
	CONSTRAINT "rider_pairs_rule" CHECK ("rider_pairs"."rule" in ('together', 'apart')),
	CONSTRAINT "rider_pairs_order" CHECK ("rider_pairs"."rider_id" < "rider_pairs"."other_id")
);
--> statement-breakpoint
ALTER TABLE "riders" ADD COLUMN "preferred_crew" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "riders" ADD COLUMN "refused_crew" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "riders" ADD COLUMN "most_aboard" integer;--> statement-breakpoint
ALTER TABLE "riders" ADD COLUMN "max_ride_minutes" integer;--> statement-breakpoint
ALTER TABLE "facilities" ADD COLUMN "refused_crew" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "rider_pairs" ADD CONSTRAINT "rider_pairs_agency_id_rider_id_riders_agency_id_id_fk" FOREIGN KEY ("agency_id","rider_id") REFERENCES "public"."riders"("agency_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rider_pairs" ADD CONSTRAINT "rider_pairs_agency_id_other_id_riders_agency_id_id_fk" FOREIGN KEY ("agency_id","other_id") REFERENCES "public"."riders"("agency_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "rider_pairs_other" ON "rider_pairs" USING btree ("agency_id","other_id");
--> statement-breakpoint
SELECT protect_agency_table('rider_pairs'::regclass, 'select, insert, update, delete');
