CREATE INDEX "assignments_vehicle" ON "assignments" USING btree ("agency_id","vehicle_id") WHERE current;--> statement-breakpoint
-- The trips that vehicles are under way for, for batches of fixes that cross agencies: a unit is shown to those who may see
-- the trip from when it sets out for it.
CREATE FUNCTION find_followed_trips(agencies uuid[], vehicles uuid[])
RETURNS TABLE (agency_id uuid, vehicle_id uuid, trip_id uuid, channel_epoch integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.agency_id, a.vehicle_id, t.id, t.channel_epoch
  FROM unnest(agencies, vehicles) AS w (agency_id, vehicle_id)
  JOIN assignments a ON a.agency_id = w.agency_id AND a.vehicle_id = w.vehicle_id AND a.current
  JOIN trips t ON t.agency_id = a.agency_id AND t.id = a.trip_id
  WHERE a.role = 'transport' AND a.status IN ('en_route', 'at_pickup', 'loaded', 'at_dropoff') AND t.closed_at IS NULL
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION find_followed_trips(uuid[], uuid[]) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION find_followed_trips(uuid[], uuid[]) TO runboard_app;
