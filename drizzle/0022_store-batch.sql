-- A batch of fixes in one call, as `store_fixes` (0019) takes it, with less to read and less to do where no fix is a repeat:
-- who sent fixes is said once for a run of them (`source`, from 1; a shift of zeros is none), the caller says which are the
-- newest of their devices (`candidates`, `turns`: places from 1), and rows go in plainly. Only where one of them was there
-- before does everything start over with a look at each. Served as before by the old function: the version before this one.
-- Milliseconds since 1970, and (`ages_ms`) from when a fix was taken to when it was received; degrees times 1e7; a column without a value may be null as a whole. No two fixes may be the same
-- (vehicle, time, place). `repeated` and `moved` are places of fixes that were in the history before, and that became live.
-- Whoever migrates is no member of that role: the body is not checked when it is made.
SET LOCAL check_function_bodies = off;
--> statement-breakpoint
CREATE FUNCTION store_batch(agencies uuid[], vehicles uuid[], devices uuid[], shifts uuid[], own boolean[],
  received_ms float8[], sources integer[], ages_ms float8[], lats integer[], lons integer[], accuracies real[],
  speeds real[], headings real[], altitudes real[], batteries real[], charges boolean[], candidates integer[],
  turns integer[], aside jsonb, OUT repeated integer[], OUT moved integer[])
LANGUAGE plpgsql VOLATILE SET search_path = public, pg_temp SET role = runboard_ingest
-- The plan does not depend on what is sent, and must not compare a batch's rows each with each.
SET plan_cache_mode = force_generic_plan SET enable_nestloop = off AS $$
DECLARE
  nobody CONSTANT uuid := '00000000-0000-0000-0000-000000000000';
  turn_now integer := 0;
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
  -- In the order of the key, so that two batches with the same fixes wait for each other in the same order.
  BEGIN
    INSERT INTO position_history (agency_id, vehicle_id, taken_at, received_at, lat_e7, lon_e7, accuracy_m, speed_mps,
      heading_deg, altitude_m, battery_pct, charging, device_id, shift_id)
    SELECT agencies[source], vehicles[source], to_timestamp((received_ms[source] - age) / 1000)::timestamptz(3),
      to_timestamp(received_ms[source] / 1000)::timestamptz(3), lat_e7, lon_e7, accuracy_m, speed_mps, heading_deg, altitude_m,
      battery_pct, charging, devices[source], nullif(shifts[source], nobody)
    FROM unnest(sources, ages_ms, lats, lons, accuracies, speeds, headings, altitudes, batteries, charges) AS i (source,
      age, lat_e7, lon_e7, accuracy_m, speed_mps, heading_deg, altitude_m, battery_pct, charging)
    ORDER BY vehicles[source], received_ms[source] - age, lat_e7, lon_e7;
  EXCEPTION WHEN unique_violation THEN
    -- A repeat moves nothing, so that only the newest new fix of each device is a candidate; a vehicle with several devices
    -- is asked about each in turn, its own one first. The same as `newestOfDevices` in server/domain/gps/live-position.ts.
    WITH input AS MATERIALIZED (
      SELECT agencies[source] AS agency_id, vehicles[source] AS vehicle_id, to_timestamp((received_ms[source] - age) / 1000)::timestamptz(3) AS taken_at,
        to_timestamp(received_ms[source] / 1000)::timestamptz(3) AS received_at, lat_e7, lon_e7, accuracy_m, speed_mps,
        heading_deg, altitude_m, battery_pct, charging, devices[source] AS device_id,
        nullif(shifts[source], nobody) AS shift_id, own[source] AS is_own, place::integer
      FROM unnest(sources, ages_ms, lats, lons, accuracies, speeds, headings, altitudes, batteries, charges)
        WITH ORDINALITY AS i (source, age, lat_e7, lon_e7, accuracy_m, speed_mps, heading_deg, altitude_m, battery_pct,
        charging, place)),
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
  END;
  LOOP
    turn_now := turn_now + 1;
    EXIT WHEN coalesce(turn_now <> ALL (turns), true);
    -- The same rule as `becomesLive` in server/domain/gps/live-position.ts, decided under the row's lock.
    WITH wave AS MATERIALIZED (
      SELECT place, sources[place] AS source FROM unnest(candidates, turns) AS c (place, turn) WHERE turn = turn_now),
    live AS (
      INSERT INTO vehicle_positions AS v (agency_id, vehicle_id, taken_at, received_at, location, accuracy_m, speed_mps,
        heading_deg, altitude_m, battery_pct, charging, device_id, source)
      SELECT agencies[source], vehicles[source], to_timestamp((received_ms[source] - ages_ms[place]) / 1000)::timestamptz(3),
        to_timestamp(received_ms[source] / 1000)::timestamptz(3),
        ST_SetSRID(ST_MakePoint(lons[place] / 1e7, lats[place] / 1e7), 4326), accuracies[place], speeds[place],
        headings[place], altitudes[place], batteries[place], charges[place], devices[source],
        CASE WHEN own[source] THEN 'device' ELSE 'crew' END
      FROM wave ORDER BY vehicles[source]
      ON CONFLICT (agency_id, vehicle_id) DO UPDATE SET taken_at = excluded.taken_at, received_at = excluded.received_at,
        location = excluded.location, accuracy_m = excluded.accuracy_m, speed_mps = excluded.speed_mps,
        heading_deg = excluded.heading_deg, altitude_m = excluded.altitude_m, battery_pct = excluded.battery_pct,
        charging = excluded.charging, device_id = excluded.device_id, source = excluded.source
      WHERE least(excluded.taken_at, excluded.received_at) > least(v.taken_at, v.received_at)
        AND (v.device_id = excluded.device_id OR (excluded.source = 'device' AND v.source = 'crew')
          OR excluded.received_at > v.received_at + interval '60 seconds')
      RETURNING v.vehicle_id)
    SELECT array_agg(w.place) INTO placed FROM wave w JOIN live l ON l.vehicle_id = vehicles[w.source];
    moved := moved || placed;
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION store_batch FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION store_batch TO runboard_app;
--> statement-breakpoint
SET LOCAL check_function_bodies = on;
