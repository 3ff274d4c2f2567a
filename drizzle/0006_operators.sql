CREATE TABLE "operators" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"granted_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "operators" ADD CONSTRAINT "operators_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
-- The app role gets no rights on it: who looks after the installation is read through the session only.
ALTER TABLE operators ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
DROP FUNCTION auth_session(uuid);
--> statement-breakpoint
CREATE FUNCTION auth_session(wanted uuid)
RETURNS TABLE (session_id uuid, agency_id uuid, user_id uuid, account_id uuid, kind text, roles text[], settings jsonb,
  last_seen_at timestamptz, expires_at timestamptz, idle_timeout_s integer, locked_at timestamptz, ended boolean, operator boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.id, s.agency_id, s.user_id, s.account_id, s.kind, u.roles, g.settings,
    s.last_seen_at, s.expires_at, s.idle_timeout_s, s.locked_at,
    s.revoked_at IS NOT NULL OR u.deactivated_at IS NOT NULL OR a.deactivated_at IS NOT NULL,
    EXISTS (SELECT 1 FROM operators o WHERE o.account_id = s.account_id)
  FROM sessions s
  JOIN users u ON u.agency_id = s.agency_id AND u.id = s.user_id
  JOIN accounts a ON a.id = s.account_id
  JOIN agencies g ON g.id = s.agency_id
  WHERE s.id = wanted
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION auth_session(uuid) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION auth_session(uuid) TO runboard_app;
