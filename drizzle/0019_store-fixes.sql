-- One batch of fixes in one call, so in one statement, one transaction and one journey: history, what is set aside, and
-- live positions. It runs as the role that may do just that (the caller must be a member), with the rights of its caller
-- otherwise. Arrays hold one element a fix; no two fixes may be the same (vehicle, time, place). Milliseconds since 1970,
-- degrees times 1e7; `own` says whether it is the vehicle's own device.
-- `repeated` and `moved` are places (from 1) of fixes that were in the history before, and that became live.
-- Whoever migrates is no member of that role: the body is not checked when it is made.
SET LOCAL check_function_bodies = off;
--> statement-breakpoint
CREATE FUNCTION store_fixes(agencies uuid[], vehicles uuid[], devices uuid[], shifts uuid[], own boolean[],
  taken_ms float8[], received_ms float8[], lats integer[], lons integer[], accuracies real[], speeds real[],
  headings real[], altitudes real[], batteries real[], charges boolean[], aside jsonb,
  OUT repeated integer[], OUT moved integer[])
LANGUAGE plpgsql VOLATILE SET search_path = public, pg_temp SET role = runboard_ingest
-- The plan does not depend on what is sent, and must not compare a batch's rows each with each.
SET plan_cache_mode = force_generic_plan SET enable_nestloop = off AS $$
DECLARE
  candidates integer[];
  turns integer[];
  placed integer[];
BEGIN
  IF aside IS NOT NULL THEN
    INSERT INTO quarantined_fixes (agency_id, id, device_id, vehicle_id, code, dedupe, taken_at, lat, lon, received_at)
    SELECT q."agencyId", q.id, q."deviceId", q."vehicleId", q.code, q.dedupe, q."takenAt", q.lat, q.lon, q."receivedAt"
    FROM jsonb_to_recordset(aside) AS q ("agencyId" uuid, id uuid, "deviceId" uuid, "vehicleId" uuid, code text, dedupe text,
      "takenAt" timestamptz, lat float8, lon float8, "receivedAt" timestamptz)
    ORDER BY q."agencyId", q.dedupe
    ON CONFLICT DO NOTHING;
  END IF;
  -- A repeat moves nothing, so that only the newest new fix of each device is a candidate; a vehicle with several devices
  -- is asked about each in turn, its own one first.
  WITH input AS MATERIALIZED (
    SELECT agency_id, vehicle_id, to_timestamp(taken / 1000)::timestamptz(3) AS taken_at,
      to_timestamp(received / 1000)::timestamptz(3) AS received_at, lat_e7, lon_e7, accuracy_m, speed_mps, heading_deg,
      altitude_m, battery_pct, charging, device_id, shift_id, is_own, place::integer
    FROM unnest(agencies, vehicles, taken_ms, received_ms, lats, lons, accuracies, speeds, headings, altitudes, batteries,
      charges, devices, shifts, own) WITH ORDINALITY AS i (agency_id, vehicle_id, taken, received, lat_e7, lon_e7,
      accuracy_m, speed_mps, heading_deg, altitude_m, battery_pct, charging, device_id, shift_id, is_own, place)),
  stored AS (
    INSERT INTO position_history (agency_id, vehicle_id, taken_at, received_at, lat_e7, lon_e7, accuracy_m, speed_mps,
      heading_deg, altitude_m, battery_pct, charging, device_id, shift_id)
    SELECT agency_id, vehicle_id, taken_at, received_at, lat_e7, lon_e7, accuracy_m, speed_mps, heading_deg, altitude_m,
      battery_pct, charging, device_id, shift_id
    FROM input ORDER BY vehicle_id, taken_at, lat_e7, lon_e7
    ON CONFLICT DO NOTHING
    RETURNING vehicle_id, taken_at, lat_e7, lon_e7),
  judged AS MATERIALIZED (
    SELECT vehicle_id, device_id, is_own, least(taken_at, received_at) AS at, place,
      (vehicle_id, taken_at, lat_e7, lon_e7) IN (SELECT * FROM stored) AS is_new
    FROM input),
  newest AS (
    SELECT DISTINCT ON (vehicle_id, device_id) vehicle_id, is_own, place FROM judged WHERE is_new
    ORDER BY vehicle_id, device_id, at DESC, place DESC),
  ranked AS (
    SELECT place, row_number() OVER (PARTITION BY vehicle_id ORDER BY is_own DESC, place)::integer AS turn FROM newest)
  SELECT array_agg(place), array_agg(turn), (SELECT array_agg(place) FROM judged WHERE NOT is_new)
    INTO candidates, turns, repeated FROM ranked;
  FOR turn_now IN 1 .. coalesce((SELECT max(turn) FROM unnest(turns) AS turn), 0) LOOP
    -- The same rule as `becomesLive` in server/domain/gps/live-position.ts, decided under the row's lock.
    WITH wave AS MATERIALIZED (
      SELECT i.*, to_timestamp(taken / 1000)::timestamptz(3) AS taken_at,
        to_timestamp(received / 1000)::timestamptz(3) AS received_at
      FROM unnest(agencies, vehicles, taken_ms, received_ms, lats, lons, accuracies, speeds, headings, altitudes,
        batteries, charges, devices, own) WITH ORDINALITY AS i (agency_id, vehicle_id, taken, received, lat_e7, lon_e7,
        accuracy_m, speed_mps, heading_deg, altitude_m, battery_pct, charging, device_id, is_own, place)
      JOIN unnest(candidates, turns) AS c (candidate, turn) ON c.candidate = i.place AND c.turn = turn_now),
    live AS (
      INSERT INTO vehicle_positions AS v (agency_id, vehicle_id, taken_at, received_at, location, accuracy_m, speed_mps,
        heading_deg, altitude_m, battery_pct, charging, device_id, source)
      SELECT agency_id, vehicle_id, taken_at, received_at, ST_SetSRID(ST_MakePoint(lon_e7 / 1e7, lat_e7 / 1e7), 4326),
        accuracy_m, speed_mps, heading_deg, altitude_m, battery_pct, charging, device_id,
        CASE WHEN is_own THEN 'device' ELSE 'crew' END
      FROM wave ORDER BY vehicle_id
      ON CONFLICT (agency_id, vehicle_id) DO UPDATE SET taken_at = excluded.taken_at, received_at = excluded.received_at,
        location = excluded.location, accuracy_m = excluded.accuracy_m, speed_mps = excluded.speed_mps,
        heading_deg = excluded.heading_deg, altitude_m = excluded.altitude_m, battery_pct = excluded.battery_pct,
        charging = excluded.charging, device_id = excluded.device_id, source = excluded.source
      WHERE least(excluded.taken_at, excluded.received_at) > least(v.taken_at, v.received_at)
        AND (v.device_id = excluded.device_id OR (excluded.source = 'device' AND v.source = 'crew')
          OR excluded.received_at > v.received_at + interval '60 seconds')
      RETURNING v.vehicle_id)
    SELECT array_agg(w.place) INTO placed FROM wave w JOIN live l ON l.vehicle_id = w.vehicle_id;
    moved := moved || placed;
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION store_fixes(uuid[], uuid[], uuid[], uuid[], boolean[], float8[], float8[], integer[], integer[],
  real[], real[], real[], real[], real[], boolean[], jsonb) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION store_fixes(uuid[], uuid[], uuid[], uuid[], boolean[], float8[], float8[], integer[], integer[],
  real[], real[], real[], real[], real[], boolean[], jsonb) TO runboard_app;
--> statement-breakpoint
SET LOCAL check_function_bodies = on;
