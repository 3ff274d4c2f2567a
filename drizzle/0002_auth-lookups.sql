-- Look-ups before the agency is known. Each answers one question by an exact key, as the owner, and gives nothing else
-- away; the app role may run them, nobody may list through them.
CREATE FUNCTION auth_account_by_email(wanted text)
RETURNS TABLE (id uuid, password_hash text, totp_secret_enc text, totp_confirmed_at timestamptz, deactivated_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.id, a.password_hash, a.totp_secret_enc, a.totp_confirmed_at, a.deactivated_at FROM accounts a WHERE a.email = wanted
$$;
--> statement-breakpoint
-- The active places of an account, oldest first.
CREATE FUNCTION auth_places(wanted uuid)
RETURNS TABLE (agency_id uuid, agency_name text, user_id uuid, roles text[], settings jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT u.agency_id, g.name, u.id, u.roles, g.settings FROM users u JOIN agencies g ON g.id = u.agency_id
  WHERE u.account_id = wanted AND u.deactivated_at IS NULL ORDER BY u.created_at, u.id
$$;
--> statement-breakpoint
CREATE FUNCTION auth_session(wanted uuid)
RETURNS TABLE (session_id uuid, agency_id uuid, user_id uuid, account_id uuid, kind text, roles text[], settings jsonb,
  last_seen_at timestamptz, expires_at timestamptz, idle_timeout_s integer, locked_at timestamptz, ended boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.id, s.agency_id, s.user_id, s.account_id, s.kind, u.roles, g.settings,
    s.last_seen_at, s.expires_at, s.idle_timeout_s, s.locked_at,
    s.revoked_at IS NOT NULL OR u.deactivated_at IS NOT NULL OR a.deactivated_at IS NOT NULL
  FROM sessions s
  JOIN users u ON u.agency_id = s.agency_id AND u.id = s.user_id
  JOIN accounts a ON a.id = s.account_id
  JOIN agencies g ON g.id = s.agency_id
  WHERE s.id = wanted
$$;
--> statement-breakpoint
CREATE FUNCTION auth_api_key(wanted text)
RETURNS TABLE (id uuid, agency_id uuid, scopes text[], last_used_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT k.id, k.agency_id, k.scopes, k.last_used_at FROM api_keys k WHERE k.token_hash = wanted AND k.deactivated_at IS NULL
$$;
--> statement-breakpoint
CREATE FUNCTION auth_refresh_token(wanted text) RETURNS TABLE (id uuid, agency_id uuid, session_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT t.id, t.agency_id, t.session_id FROM refresh_tokens t WHERE t.token_hash = wanted
$$;
--> statement-breakpoint
CREATE FUNCTION auth_link(wanted text)
RETURNS TABLE (id uuid, agency_id uuid, agency_name text, account_id uuid, email text, kind text, expires_at timestamptz, used_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT l.id, l.agency_id, g.name, l.account_id, a.email, l.kind, l.expires_at, l.used_at
  FROM one_time_links l JOIN agencies g ON g.id = l.agency_id JOIN accounts a ON a.id = l.account_id
  WHERE l.token_hash = wanted
$$;
--> statement-breakpoint
-- Has the account a place, also an ended one, outside the agency that the transaction has set?
CREATE FUNCTION auth_account_is_shared(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM users u WHERE u.account_id = wanted
    AND u.agency_id IS DISTINCT FROM nullif(current_setting('app.agency_id', true), '')::uuid)
$$;
--> statement-breakpoint
-- Ends every session of an account but one: a changed password ends them in all agencies.
CREATE FUNCTION auth_revoke_account_sessions(wanted uuid, but uuid, at timestamptz, reason text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE sessions SET revoked_at = at, revoked_reason = reason
  WHERE account_id = wanted AND revoked_at IS NULL AND id IS DISTINCT FROM but
    AND wanted = nullif(current_setting('app.account_id', true), '')::uuid
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION auth_account_by_email(text), auth_places(uuid), auth_session(uuid), auth_api_key(text),
  auth_refresh_token(text), auth_link(text), auth_account_is_shared(uuid),
  auth_revoke_account_sessions(uuid, uuid, timestamptz, text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION auth_account_by_email(text), auth_places(uuid), auth_session(uuid), auth_api_key(text),
  auth_refresh_token(text), auth_link(text), auth_account_is_shared(uuid),
  auth_revoke_account_sessions(uuid, uuid, timestamptz, text) TO runboard_app;
