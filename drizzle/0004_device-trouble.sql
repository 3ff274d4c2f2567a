-- What is wrong with a device by its own account: the reason to show should it fall silent. 'unchanged' says nothing new.
DROP FUNCTION note_device_use(uuid[], uuid[], timestamptz[], text[], text[]);
--> statement-breakpoint
CREATE FUNCTION note_device_use(agencies uuid[], ids uuid[], seen timestamptz[], apps text[], networks text[], troubles text[])
RETURNS TABLE (agency_id uuid, id uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH used AS (
    SELECT * FROM unnest(agencies, ids, seen, apps, networks, troubles) AS u (agency_id, id, seen_at, app, network, trouble)),
  before AS (
    SELECT d.agency_id, d.id, d.app, d.last_seen_at FROM devices d JOIN used u ON u.agency_id = d.agency_id AND u.id = d.id
    ORDER BY d.agency_id, d.id FOR UPDATE OF d),
  noted AS (
    UPDATE devices d SET first_seen_at = coalesce(d.first_seen_at, u.seen_at),
      last_seen_at = greatest(d.last_seen_at, u.seen_at), app = u.app, network = u.network,
      dark_reason = CASE WHEN u.trouble = 'unchanged' THEN d.dark_reason ELSE u.trouble END
    FROM used u JOIN before b ON b.agency_id = u.agency_id AND b.id = u.id
    WHERE d.agency_id = u.agency_id AND d.id = u.id)
  SELECT b.agency_id, b.id FROM before b JOIN used u ON u.agency_id = b.agency_id AND u.id = b.id
  WHERE b.app <> u.app AND b.last_seen_at > u.seen_at - interval '1 minute'
$$;
--> statement-breakpoint
-- A shift that swapped trucks was signed on to each of them for a part of its time: a person's late fix belongs to the
-- truck of that moment.
CREATE OR REPLACE FUNCTION find_duty(agencies uuid[], subjects uuid[], since timestamptz)
RETURNS TABLE (subject_id uuid, shift_id uuid, vehicle_id uuid, signed_on_at timestamptz, signed_off_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH wanted AS (SELECT DISTINCT w.agency_id, w.subject_id FROM unnest(agencies, subjects) AS w (agency_id, subject_id)),
  crewed AS (
    SELECT w.subject_id, s.agency_id, s.id, s.vehicle_id, s.signed_on_at, s.signed_off_at
    FROM wanted w JOIN shift_crew c ON c.agency_id = w.agency_id AND c.user_id = w.subject_id AND c.removed_at IS NULL
    JOIN shifts s ON s.agency_id = c.agency_id AND s.id = c.shift_id
    WHERE s.signed_on_at IS NOT NULL AND s.deactivated_at IS NULL AND (s.signed_off_at IS NULL OR s.signed_off_at >= since)),
  swaps AS (
    SELECT c.subject_id, c.id, e.happened_at, (e.data->>'fromVehicleId')::uuid AS from_id, (e.data->>'vehicleId')::uuid AS to_id
    FROM crewed c JOIN unit_events e ON e.agency_id = c.agency_id AND e.shift_id = c.id
    WHERE e.kind = 'vehicle_swapped' AND e.happened_at > c.signed_on_at),
  starts AS (
    SELECT c.subject_id, c.id, c.signed_on_at AS at, c.signed_off_at,
      coalesce((SELECT s.from_id FROM swaps s WHERE s.subject_id = c.subject_id AND s.id = c.id ORDER BY s.happened_at LIMIT 1),
        c.vehicle_id) AS vehicle_id
    FROM crewed c
    UNION ALL
    SELECT s.subject_id, s.id, s.happened_at, c.signed_off_at, s.to_id
    FROM swaps s JOIN crewed c ON c.subject_id = s.subject_id AND c.id = s.id)
  SELECT w.subject_id, s.id, s.vehicle_id, s.signed_on_at, s.signed_off_at
  FROM wanted w JOIN shifts s ON s.agency_id = w.agency_id AND s.vehicle_id = w.subject_id
  WHERE s.signed_on_at IS NOT NULL AND s.deactivated_at IS NULL AND (s.signed_off_at IS NULL OR s.signed_off_at >= since)
  UNION ALL
  SELECT t.subject_id, t.id, t.vehicle_id, t.at,
    coalesce(lead(t.at) OVER (PARTITION BY t.subject_id, t.id ORDER BY t.at), t.signed_off_at)
  FROM starts t
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION note_device_use(uuid[], uuid[], timestamptz[], text[], text[], text[]) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION note_device_use(uuid[], uuid[], timestamptz[], text[], text[], text[]) TO runboard_app;
