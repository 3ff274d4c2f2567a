-- The use of devices again, with one join: joined to what it had locked, ten thousand devices were compared with each other.
CREATE OR REPLACE FUNCTION note_device_use(agencies uuid[], ids uuid[], seen timestamptz[], apps text[], networks text[], troubles text[])
RETURNS TABLE (agency_id uuid, id uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH used AS MATERIALIZED (
    SELECT d.agency_id, d.id, d.app AS former_app, d.last_seen_at AS former_seen_at, u.seen_at, u.app, u.network, u.trouble
    FROM unnest(agencies, ids, seen, apps, networks, troubles) AS u (agency_id, id, seen_at, app, network, trouble)
    JOIN devices d ON d.agency_id = u.agency_id AND d.id = u.id
    ORDER BY d.agency_id, d.id FOR UPDATE OF d),
  noted AS (
    UPDATE devices d SET first_seen_at = coalesce(d.first_seen_at, u.seen_at),
      last_seen_at = greatest(d.last_seen_at, u.seen_at), app = u.app, network = u.network,
      dark_reason = CASE WHEN u.trouble = 'unchanged' THEN d.dark_reason ELSE u.trouble END
    FROM used u WHERE d.agency_id = u.agency_id AND d.id = u.id)
  SELECT u.agency_id, u.id FROM used u
  WHERE u.former_app <> u.app AND u.former_seen_at > u.seen_at - interval '1 minute'
$$;
