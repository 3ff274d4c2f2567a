-- Row-level security, grants and the constraints that drizzle-kit cannot say.
-- Roles (made by scripts/db): runboard_owner migrates and has BYPASSRLS; runboard_app serves and owns nothing (NOINHERIT,
-- or it would inherit the ingest role's policies); runboard_ingest appends fixes across agencies.
-- Puts one table behind the wall: the app role sees and writes rows of the agency that its transaction has set.
-- `privileges` are what the app role may do at all, e.g. 'select, insert' for an append-only table.
CREATE FUNCTION protect_agency_table(table_name regclass, privileges text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', table_name);
  EXECUTE format(
    'CREATE POLICY agency ON %s TO runboard_app USING (agency_id = nullif(current_setting(''app.agency_id'', true), '''')::uuid) WITH CHECK (agency_id = nullif(current_setting(''app.agency_id'', true), '''')::uuid)',
    table_name);
  EXECUTE format('GRANT %s ON %s TO runboard_app', privileges, table_name);
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION protect_agency_table(regclass, text) FROM PUBLIC;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO runboard_app, runboard_ingest;
--> statement-breakpoint
SELECT protect_agency_table(t::regclass, 'select, insert, update')
FROM unnest(ARRAY['users','sessions','refresh_tokens','one_time_links','api_keys','bases','facilities','vehicles','shifts',
  'shift_crew','devices','incidents','riders','trips','assignments','stops','exceptions','outbox','counters',
  'vehicle_positions','position_history','trip_tracks']) AS t;
--> statement-breakpoint
SELECT protect_agency_table(t::regclass, 'select, insert, update, delete')
FROM unnest(ARRAY['streets','addresses','idempotency_keys','realtime_leases','position_leases']) AS t;
--> statement-breakpoint
SELECT protect_agency_table(t::regclass, 'select, insert')
FROM unnest(ARRAY['unit_events','trip_events','audit_log','audit_seals','quarantined_fixes']) AS t;
--> statement-breakpoint
GRANT DELETE ON sessions, refresh_tokens, outbox TO runboard_app;
--> statement-breakpoint
-- An agency is its own row; others are not there.
ALTER TABLE agencies ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY agency ON agencies TO runboard_app
  USING (id = nullif(current_setting('app.agency_id', true), '')::uuid)
  WITH CHECK (id = nullif(current_setting('app.agency_id', true), '')::uuid);
--> statement-breakpoint
GRANT SELECT, UPDATE ON agencies TO runboard_app;
--> statement-breakpoint
-- An account is seen by the agencies it has a place in, and changed by its own person only (`app.account_id`).
ALTER TABLE accounts ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY seen_by_its_agencies ON accounts FOR SELECT TO runboard_app USING (
  id = nullif(current_setting('app.account_id', true), '')::uuid
  OR EXISTS (SELECT 1 FROM users u WHERE u.account_id = accounts.id));
--> statement-breakpoint
CREATE POLICY made_by_anybody ON accounts FOR INSERT TO runboard_app WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY changed_by_itself ON accounts FOR UPDATE TO runboard_app
  USING (id = nullif(current_setting('app.account_id', true), '')::uuid)
  WITH CHECK (id = nullif(current_setting('app.account_id', true), '')::uuid);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON accounts TO runboard_app;
--> statement-breakpoint
-- Keyed hashes only; no agency is known yet when these are used.
GRANT SELECT, INSERT, DELETE ON sign_in_failures TO runboard_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON known_devices TO runboard_app;
--> statement-breakpoint
-- One batch of fixes holds several agencies: a role that may append fixes and move live positions, and nothing else.
GRANT SELECT, INSERT, UPDATE ON vehicle_positions TO runboard_ingest;
--> statement-breakpoint
GRANT SELECT, INSERT ON position_history, quarantined_fixes TO runboard_ingest;
--> statement-breakpoint
CREATE POLICY ingest ON vehicle_positions TO runboard_ingest USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY ingest ON position_history TO runboard_ingest USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY ingest ON quarantined_fixes TO runboard_ingest USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE INDEX vehicle_positions_nearest ON vehicle_positions USING gist (agency_id, (location::geography));
--> statement-breakpoint
-- No vehicle and no person is on two shifts at once.
ALTER TABLE shifts ADD CONSTRAINT shifts_period_forward CHECK (starts_at < ends_at);
--> statement-breakpoint
ALTER TABLE shifts ADD CONSTRAINT shifts_one_per_vehicle EXCLUDE USING gist
  (agency_id WITH =, vehicle_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (deactivated_at IS NULL AND signed_off_at IS NULL);
--> statement-breakpoint
ALTER TABLE shift_crew ADD CONSTRAINT shift_crew_one_per_person EXCLUDE USING gist
  (agency_id WITH =, user_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (removed_at IS NULL);
--> statement-breakpoint
-- Every agency, for the jobs that walk them all: ids only.
CREATE FUNCTION all_agency_ids() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  AS $$ SELECT id FROM agencies ORDER BY id $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION all_agency_ids() FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION all_agency_ids() TO runboard_app;
