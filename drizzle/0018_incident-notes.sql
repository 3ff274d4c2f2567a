ALTER TABLE "incidents" ADD COLUMN "notes_enc" text;--> statement-breakpoint
CREATE INDEX "trips_incident" ON "trips" USING btree ("agency_id","incident_id") WHERE incident_id is not null;