ALTER TABLE "accounts" ADD COLUMN "password_given" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "pending" text;
--> statement-breakpoint
-- A place opens when its person has taken the invitation.
CREATE OR REPLACE FUNCTION auth_places(wanted uuid)
RETURNS TABLE (agency_id uuid, agency_name text, user_id uuid, roles text[], settings jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT u.agency_id, g.name, u.id, u.roles, g.settings FROM users u JOIN agencies g ON g.id = u.agency_id
  WHERE u.account_id = wanted AND u.deactivated_at IS NULL AND u.pending IS NULL ORDER BY u.created_at, u.id
$$;
--> statement-breakpoint
-- For a job that walks the agencies: a temporary table of that name must not stand in for the real one.
ALTER FUNCTION all_agency_ids() SET search_path = public, pg_temp;
