CREATE TABLE "street_crossings" (
	"agency_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"street_id" uuid NOT NULL,
	"other_street_id" uuid NOT NULL,
	"location" geometry(Point,4326) NOT NULL,
	CONSTRAINT "street_crossings_agency_id_id_pk" PRIMARY KEY("agency_id","id")
);
--> statement-breakpoint
ALTER TABLE "street_crossings" ADD CONSTRAINT "street_crossings_agency_id_street_id_streets_agency_id_id_fk" FOREIGN KEY ("agency_id","street_id") REFERENCES "public"."streets"("agency_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "street_crossings_street" ON "street_crossings" USING btree ("agency_id","street_id","other_street_id");--> statement-breakpoint
SELECT protect_agency_table('street_crossings'::regclass, 'select, insert, update, delete');
--> statement-breakpoint
CREATE INDEX streets_words ON streets USING gin (to_tsvector('simple', search));
--> statement-breakpoint
CREATE INDEX streets_likeness ON streets USING gin (search gin_trgm_ops);
--> statement-breakpoint
CREATE INDEX addresses_nearest ON addresses USING gist (agency_id, (location::geography));
--> statement-breakpoint
-- Streets whose words begin like those of `prefixes`; if none do, those that look like `likeness`. Row-level security
-- trusts neither text search nor trigrams with an index, so this looks behind the wall, at the set agency's streets only.
CREATE FUNCTION find_streets(prefixes text, spellings text, likeness text, most integer)
RETURNS TABLE (id uuid, name text, place text, zip text, lon float8, lat float8, sure boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET pg_trgm.word_similarity_threshold = 0.42 AS $$
DECLARE
  agency uuid := nullif(current_setting('app.agency_id', true), '')::uuid;
BEGIN
  -- One or two letters fit thousands: a share of them is enough to choose from.
  RETURN QUERY SELECT w.id, w.name, w.place, w.zip, ST_X(w.location), ST_Y(w.location), true FROM (
      SELECT s.* FROM streets s WHERE s.agency_id = agency AND to_tsvector('simple', s.search) @@ to_tsquery('simple', prefixes) LIMIT 800) w
    ORDER BY length(w.search), w.name, w.zip LIMIT most;
  IF FOUND THEN RETURN; END IF;
  RETURN QUERY SELECT s.id, s.name, s.place, s.zip, ST_X(s.location), ST_Y(s.location), false FROM streets s
    WHERE s.agency_id = agency AND to_tsvector('simple', s.search) @@ to_tsquery('simple', spellings)
    ORDER BY length(s.search), s.name, s.zip LIMIT most;
  IF FOUND THEN RETURN; END IF;
  RETURN QUERY SELECT s.id, s.name, s.place, s.zip, ST_X(s.location), ST_Y(s.location), false FROM streets s
    WHERE s.agency_id = agency AND likeness <% s.search
    ORDER BY word_similarity(likeness, s.search) DESC, s.name, s.zip LIMIT most;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION find_streets(text, text, text, integer) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION find_streets(text, text, text, integer) TO runboard_app;
