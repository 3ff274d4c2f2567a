import { sql } from "drizzle-orm";
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import {
  EXCEPTION_KINDS,
  EXCEPTION_SEVERITIES,
  type ExceptionKind,
  type ExceptionSeverity,
  type ExceptionSubject,
} from "@/server/domain/exceptions/vocabulary";
import { agencyKey, moment, oneOf } from "./columns";

/** Anything a dispatcher must look at; one open per kind and subject. */
export const exceptions = pgTable(
  "exceptions",
  {
    ...agencyKey(),
    kind: text("kind").$type<ExceptionKind>().notNull(),
    severity: text("severity").$type<ExceptionSeverity>().notNull(),
    subjectType: text("subject_type").$type<ExceptionSubject>().notNull(),
    subjectId: uuid("subject_id").notNull(),
    tripId: uuid("trip_id"),
    shiftId: uuid("shift_id"),
    /** Ids, numbers and words only. */
    detail: jsonb("detail").$type<Record<string, string | number | boolean | null>>().notNull().default({}),
    openedAt: moment("opened_at").notNull(),
    worsenedAt: moment("worsened_at"),
    acknowledgedAt: moment("acknowledged_at"),
    acknowledgedBy: uuid("acknowledged_by"),
    snoozedUntil: moment("snoozed_until"),
    snoozeReasonEnc: text("snooze_reason_enc"),
    snoozedBy: uuid("snoozed_by"),
    closedAt: moment("closed_at"),
    closedBy: uuid("closed_by"),
    closeReason: text("close_reason"),
    version: integer("version").notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.agencyId, t.id] }),
    uniqueIndex("exceptions_one_open").on(t.agencyId, t.kind, t.subjectId).where(sql`closed_at is null`),
    index("exceptions_opened").on(t.agencyId, t.openedAt),
    oneOf("exceptions_kind", t.kind, EXCEPTION_KINDS),
    oneOf("exceptions_severity", t.severity, EXCEPTION_SEVERITIES),
  ],
);

/** Who did what: append-only; a sealer chains hashes per agency after the fact. */
export const auditLog = pgTable(
  "audit_log",
  {
    ...agencyKey(),
    at: moment("at").notNull(),
    actorKind: text("actor_kind").notNull(),
    actorId: uuid("actor_id"),
    action: text("action").notNull(),
    entity: text("entity").notNull(),
    entityId: uuid("entity_id"),
    /** Names of the fields that changed; never their values. */
    fields: text("fields").array().notNull().default([]),
    requestId: text("request_id"),
  },
  (t) => [
    primaryKey({ columns: [t.agencyId, t.id] }),
    index("audit_log_at").on(t.agencyId, t.at),
    index("audit_log_entity").on(t.agencyId, t.entityId),
  ],
);

/** The seal of the audit log: each hash covers the row and the hash before it. */
export const auditSeals = pgTable(
  "audit_seals",
  {
    agencyId: uuid("agency_id").notNull(),
    seq: bigint("seq", { mode: "number" }).notNull(),
    auditId: uuid("audit_id").notNull(),
    hash: text("hash").notNull(),
    sealedAt: moment("sealed_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.agencyId, t.seq] }), uniqueIndex("audit_seals_row").on(t.agencyId, t.auditId)],
);

/** Events to publish, written with the change they tell of; sent right after commit, or by the worker after a crash. */
export const outbox = pgTable(
  "outbox",
  {
    ...agencyKey(),
    channel: text("channel").notNull(),
    name: text("name").notNull(),
    payload: jsonb("payload").$type<Record<string, unknown>>().notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
    sentAt: moment("sent_at"),
    attempts: integer("attempts").notNull().default(0),
    /** How often the realtime server refused this event by itself, and what it last said (a status, never content). */
    refusals: integer("refusals").notNull().default(0),
    failure: text("failure"),
    /** When it was given up: refused too often, or too old. */
    failedAt: moment("failed_at"),
  },
  (t) => [
    primaryKey({ columns: [t.agencyId, t.id] }),
    index("outbox_unsent").on(t.createdAt).where(sql`sent_at is null and failed_at is null`),
  ],
);
