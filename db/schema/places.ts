import { sql } from "drizzle-orm";
import { foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { point } from "@/db/types";
import { FACILITY_KINDS, FACILITY_STATUSES } from "@/server/domain/fleet/vocabulary";
import { agencyKey, moment, oneOf, stamps } from "./columns";

/** Where units start and end; posting locations. */
export const bases = pgTable(
  "bases",
  {
    ...agencyKey(),
    name: text("name").notNull(),
    address: text("address"),
    location: point("location").notNull(),
    deactivatedAt: moment("deactivated_at"),
    ...stamps(),
  },
  (t) => [
    primaryKey({ columns: [t.agencyId, t.id] }),
    uniqueIndex("bases_name").on(t.agencyId, t.name).where(sql`deactivated_at is null`),
  ],
);

export const facilities = pgTable(
  "facilities",
  {
    ...agencyKey(),
    name: text("name").notNull(),
    /** Normalised name for search: RLS disables index conditions on lower() and ilike. */
    search: text("search").notNull(),
    kind: text("kind").$type<(typeof FACILITY_KINDS)[number]>().notNull(),
    address: text("address").notNull(),
    zip: text("zip"),
    phone: text("phone"),
    /** The entrance, where a vehicle stops. */
    location: point("location").notNull(),
    geofenceM: integer("geofence_m").notNull().default(150),
    /** HCPCS origin and destination letter (H, N, G, J, P, D, E, R). */
    modifier: text("modifier"),
    status: text("status").$type<(typeof FACILITY_STATUSES)[number]>().notNull().default("open"),
    statusReason: text("status_reason"),
    /** People whom the place does not let in. */
    refusedCrew: uuid("refused_crew").array().notNull().default([]),
    deactivatedAt: moment("deactivated_at"),
    ...stamps(),
  },
  (t) => [
    primaryKey({ columns: [t.agencyId, t.id] }),
    uniqueIndex("facilities_name").on(t.agencyId, t.name).where(sql`deactivated_at is null`),
    oneOf("facilities_kind", t.kind, FACILITY_KINDS),
    oneOf("facilities_status", t.status, FACILITY_STATUSES),
  ],
);

/** Streets of the county or of an import, for the address search. */
export const streets = pgTable(
  "streets",
  {
    ...agencyKey(),
    name: text("name").notNull(),
    search: text("search").notNull(),
    place: text("place"),
    zip: text("zip"),
    location: point("location").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.agencyId, t.id] }),
    index("streets_search").on(t.agencyId, t.search.op("text_pattern_ops")),
  ],
);

export const addresses = pgTable(
  "addresses",
  {
    ...agencyKey(),
    streetId: uuid("street_id").notNull(),
    houseNumber: integer("house_number").notNull(),
    zip: text("zip"),
    location: point("location").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.agencyId, t.id] }),
    foreignKey({ columns: [t.agencyId, t.streetId], foreignColumns: [streets.agencyId, streets.id] }),
    index("addresses_street").on(t.agencyId, t.streetId, t.houseNumber),
  ],
);

/** Where two streets meet; each crossing is here once for either street. */
export const streetCrossings = pgTable(
  "street_crossings",
  {
    ...agencyKey(),
    streetId: uuid("street_id").notNull(),
    otherStreetId: uuid("other_street_id").notNull(),
    location: point("location").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.agencyId, t.id] }),
    foreignKey({ columns: [t.agencyId, t.streetId], foreignColumns: [streets.agencyId, streets.id] }),
    index("street_crossings_street").on(t.agencyId, t.streetId, t.otherStreetId),
  ],
);
