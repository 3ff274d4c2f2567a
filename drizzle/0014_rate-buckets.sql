-- Requests a caller may still make, shared by all web processes. Unlogged: after a crash everybody starts afresh.
CREATE UNLOGGED TABLE rate_buckets (
  key text PRIMARY KEY,
  tokens double precision NOT NULL,
  at timestamptz NOT NULL
);
--> statement-breakpoint
-- Takes up to `wanted` out of a caller's bucket, which fills with `per_minute`. Returns how many it gave.
CREATE FUNCTION take_tokens(bucket text, wanted integer, per_minute integer, now_at timestamptz) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  held rate_buckets%ROWTYPE;
  filled double precision;
  given integer;
BEGIN
  INSERT INTO rate_buckets VALUES (bucket, per_minute, now_at) ON CONFLICT DO NOTHING;
  SELECT * INTO held FROM rate_buckets WHERE key = bucket FOR UPDATE;
  filled := least(per_minute, held.tokens + greatest(0, extract(epoch FROM now_at - held.at)) * per_minute / 60.0);
  given := greatest(0, least(wanted, floor(filled)::integer));
  UPDATE rate_buckets SET tokens = filled - given, at = greatest(held.at, now_at) WHERE key = bucket;
  RETURN given;
END $$;
--> statement-breakpoint
-- A bucket that nobody took from for two minutes is full again: it need not be kept.
CREATE FUNCTION forget_full_buckets(now_at timestamptz) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH gone AS (DELETE FROM rate_buckets WHERE at < now_at - interval '2 minutes' RETURNING 1) SELECT count(*) FROM gone
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION take_tokens(text, integer, integer, timestamptz), forget_full_buckets(timestamptz) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION take_tokens(text, integer, integer, timestamptz), forget_full_buckets(timestamptz) TO runboard_app;
