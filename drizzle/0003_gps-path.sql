-- The GPS path: look-ups before the agency is known, day partitions, usage of devices, and news for the caches of web processes.
ALTER TABLE vehicle_positions SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
--> statement-breakpoint
-- The device behind a token, current or still accepted after a rotation, unless it, its vehicle or its person is deactivated.
CREATE FUNCTION find_device_by_token_hash(wanted text)
RETURNS TABLE (agency_id uuid, id uuid, vehicle_id uuid, user_id uuid, speed_unit text, seen_before boolean, expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT d.agency_id, d.id, d.vehicle_id, d.user_id, d.speed_unit, d.first_seen_at IS NOT NULL,
    CASE WHEN d.token_hash = wanted THEN NULL ELSE d.previous_token_until END
  FROM devices d
  LEFT JOIN vehicles v ON v.agency_id = d.agency_id AND v.id = d.vehicle_id
  LEFT JOIN users u ON u.agency_id = d.agency_id AND u.id = d.user_id
  WHERE (d.token_hash = wanted OR (d.previous_token_hash = wanted AND d.previous_token_until > now()))
    AND d.deactivated_at IS NULL AND v.deactivated_at IS NULL AND u.deactivated_at IS NULL
$$;
--> statement-breakpoint
-- Signed-on periods of vehicles and of people since a moment, for batches that cross agencies.
CREATE FUNCTION find_duty(agencies uuid[], subjects uuid[], since timestamptz)
RETURNS TABLE (subject_id uuid, shift_id uuid, vehicle_id uuid, signed_on_at timestamptz, signed_off_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH wanted AS (SELECT DISTINCT w.agency_id, w.subject_id FROM unnest(agencies, subjects) AS w (agency_id, subject_id))
  SELECT w.subject_id, s.id, s.vehicle_id, s.signed_on_at, s.signed_off_at
  FROM wanted w JOIN shifts s ON s.agency_id = w.agency_id AND s.vehicle_id = w.subject_id
  WHERE s.signed_on_at IS NOT NULL AND s.deactivated_at IS NULL AND (s.signed_off_at IS NULL OR s.signed_off_at >= since)
  UNION ALL
  SELECT w.subject_id, s.id, s.vehicle_id, s.signed_on_at, s.signed_off_at
  FROM wanted w JOIN shift_crew c ON c.agency_id = w.agency_id AND c.user_id = w.subject_id AND c.removed_at IS NULL
  JOIN shifts s ON s.agency_id = c.agency_id AND s.id = c.shift_id
  WHERE s.signed_on_at IS NOT NULL AND s.deactivated_at IS NULL AND (s.signed_off_at IS NULL OR s.signed_off_at >= since)
$$;
--> statement-breakpoint
CREATE INDEX shifts_vehicle_signed_on ON shifts (agency_id, vehicle_id, signed_on_at) WHERE signed_on_at IS NOT NULL;
--> statement-breakpoint
-- Notes the use of devices; gives back those that two apps used within a minute. Not an edit: no version, no updated_at.
CREATE FUNCTION note_device_use(agencies uuid[], ids uuid[], seen timestamptz[], apps text[], networks text[])
RETURNS TABLE (agency_id uuid, id uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH used AS (SELECT * FROM unnest(agencies, ids, seen, apps, networks) AS u (agency_id, id, seen_at, app, network)),
  before AS (
    SELECT d.agency_id, d.id, d.app, d.last_seen_at FROM devices d JOIN used u ON u.agency_id = d.agency_id AND u.id = d.id
    ORDER BY d.agency_id, d.id FOR UPDATE OF d),
  noted AS (
    UPDATE devices d SET first_seen_at = coalesce(d.first_seen_at, u.seen_at),
      last_seen_at = greatest(d.last_seen_at, u.seen_at), app = u.app, network = u.network
    FROM used u JOIN before b ON b.agency_id = u.agency_id AND b.id = u.id
    WHERE d.agency_id = u.agency_id AND d.id = u.id)
  SELECT b.agency_id, b.id FROM before b JOIN used u ON u.agency_id = b.agency_id AND u.id = b.id
  WHERE b.app <> u.app AND b.last_seen_at > u.seen_at - interval '1 minute'
$$;
--> statement-breakpoint
-- Makes the missing day partitions of the history. A table is filled in and then attached, because creating it as a
-- partition would stop every insert; the app role owns none of it and gets no grants.
CREATE FUNCTION ensure_position_partitions(first_day date, last_day date) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  day date;
  part text;
  made integer := 0;
BEGIN
  IF last_day - first_day > 60 THEN RAISE EXCEPTION 'too many days'; END IF;
  PERFORM pg_advisory_xact_lock(7262736);
  FOR day IN SELECT generate_series(first_day, last_day, interval '1 day')::date LOOP
    part := 'position_history_' || to_char(day, 'YYYYMMDD');
    IF to_regclass('public.' || part) IS NULL THEN
      EXECUTE format('CREATE TABLE public.%I (LIKE public.position_history INCLUDING DEFAULTS)', part);
      EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', part);
      EXECUTE format('ALTER TABLE public.position_history ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
        part, day::timestamptz, (day + 1)::timestamptz);
      made := made + 1;
    END IF;
  END LOOP;
  RETURN made;
END $$;
--> statement-breakpoint
-- The days that have a partition, oldest first.
CREATE FUNCTION position_partition_days() RETURNS SETOF date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT to_date(right(c.relname, 8), 'YYYYMMDD') FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
  WHERE i.inhparent = 'public.position_history'::regclass ORDER BY 1
$$;
--> statement-breakpoint
-- Detaches and drops one archived day; false, with nothing changed, when it does not hold exactly what was archived.
CREATE FUNCTION drop_position_partition(day date, archived bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC' SET lock_timeout = '5s' AS $$
DECLARE
  part text := 'position_history_' || to_char(day, 'YYYYMMDD');
  counted bigint;
BEGIN
  IF day >= (now() AT TIME ZONE 'UTC')::date - 9 THEN RAISE EXCEPTION 'day % is still hot', day; END IF;
  PERFORM pg_advisory_xact_lock(7262736);
  IF to_regclass('public.' || part) IS NULL THEN RETURN true; END IF;
  EXECUTE format('LOCK TABLE public.%I IN ACCESS EXCLUSIVE MODE', part);
  EXECUTE format('SELECT count(*) FROM public.%I', part) INTO counted;
  IF counted <> archived THEN RETURN false; END IF;
  EXECUTE format('ALTER TABLE public.position_history DETACH PARTITION public.%I', part);
  EXECUTE format('DROP TABLE public.%I', part);
  RETURN true;
END $$;
--> statement-breakpoint
-- Forgets what was set aside before a moment at least a week ago; gives back how many.
CREATE FUNCTION forget_quarantined(before timestamptz) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH gone AS (DELETE FROM quarantined_fixes WHERE received_at < least(before, now() - interval '7 days') RETURNING 1)
  SELECT count(*) FROM gone
$$;
--> statement-breakpoint
CREATE INDEX quarantined_fixes_age ON quarantined_fixes (received_at);
--> statement-breakpoint
-- News for the caches of every web process: ids of the devices, vehicles and people whose standing changed.
CREATE FUNCTION tell_ingest() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_TABLE_NAME = 'devices' THEN
    PERFORM pg_notify('runboard_ingest', 'device ' || NEW.id);
  ELSIF TG_TABLE_NAME IN ('vehicles', 'users') THEN
    PERFORM pg_notify('runboard_ingest', 'owner ' || NEW.id);
  ELSIF TG_TABLE_NAME = 'shift_crew' THEN
    PERFORM pg_notify('runboard_ingest', 'duty ' || NEW.user_id);
  ELSE
    PERFORM pg_notify('runboard_ingest', 'duty ' || NEW.vehicle_id);
    IF TG_OP = 'UPDATE' THEN PERFORM pg_notify('runboard_ingest', 'duty ' || OLD.vehicle_id); END IF;
    PERFORM pg_notify('runboard_ingest', 'duty ' || c.user_id) FROM shift_crew c
      WHERE c.agency_id = NEW.agency_id AND c.shift_id = NEW.id;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER tell_ingest AFTER UPDATE OF token_hash, previous_token_hash, previous_token_until, vehicle_id, user_id, speed_unit, deactivated_at
  ON devices FOR EACH ROW EXECUTE FUNCTION tell_ingest();
--> statement-breakpoint
CREATE TRIGGER tell_ingest AFTER UPDATE OF deactivated_at ON vehicles FOR EACH ROW EXECUTE FUNCTION tell_ingest();
--> statement-breakpoint
CREATE TRIGGER tell_ingest AFTER UPDATE OF deactivated_at ON users FOR EACH ROW EXECUTE FUNCTION tell_ingest();
--> statement-breakpoint
CREATE TRIGGER tell_ingest AFTER INSERT OR UPDATE OF vehicle_id, signed_on_at, signed_off_at, deactivated_at
  ON shifts FOR EACH ROW EXECUTE FUNCTION tell_ingest();
--> statement-breakpoint
CREATE TRIGGER tell_ingest AFTER INSERT OR UPDATE ON shift_crew FOR EACH ROW EXECUTE FUNCTION tell_ingest();
--> statement-breakpoint
REVOKE ALL ON FUNCTION find_device_by_token_hash(text), find_duty(uuid[], uuid[], timestamptz),
  note_device_use(uuid[], uuid[], timestamptz[], text[], text[]), ensure_position_partitions(date, date),
  position_partition_days(), drop_position_partition(date, bigint), forget_quarantined(timestamptz) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION find_device_by_token_hash(text), find_duty(uuid[], uuid[], timestamptz),
  note_device_use(uuid[], uuid[], timestamptz[], text[], text[]), ensure_position_partitions(date, date),
  position_partition_days(), drop_position_partition(date, bigint), forget_quarantined(timestamptz) TO runboard_app;
--> statement-breakpoint
SELECT ensure_position_partitions((now() AT TIME ZONE 'UTC')::date - 8, (now() AT TIME ZONE 'UTC')::date + 7);
