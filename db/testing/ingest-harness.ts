import { inArray } from "drizzle-orm";
import { afterAll, beforeAll } from "vitest";
import { type IngestSql, openIngest } from "@/db/ingest-client";
import * as schema from "@/db/schema";
import {
  createIngestHandler,
  type IngestAnswer,
  type IngestPorts,
  type IngestRequest,
} from "@/server/api/ingest/handler";
import { newId } from "@/server/ids";
import { hashToken, newToken } from "@/server/security/tokens";
import { raiseTokenShared } from "@/server/services/devices/raise-token-shared";
import { createPipeline, type Pipeline } from "@/server/services/positions/pipeline";
import type { TestDatabase } from "./database";
import { aDevice, anAgency, aVehicle } from "./factories";

/** For tests: the GPS path over a test database, with a clock of its own that never stands before the real one. */
export function useIngest(database: TestDatabase, over: Partial<Pick<IngestPorts, "forwarded">> = {}) {
  let pipeline: Pipeline;
  let sqls: IngestSql[] = [];
  let handle: (request: IngestRequest) => Promise<IngestAnswer>;
  let aheadMs = 0;
  const now = () => new Date(Date.now() + aheadMs);
  const moved: string[] = [];
  beforeAll(() => {
    sqls = [1, 2, 2].map((max) => openIngest(database.urls.app, { max, prepare: true }));
    const [listenSql, sql, writeSql] = sqls as [IngestSql, IngestSql, IngestSql];
    pipeline = createPipeline({
      sql,
      writeSql,
      listenSql,
      clock: () => now().getTime(),
      onMoved: (fixes) => moved.push(...fixes.map((fix) => fix.vehicleId)),
      onTokenShared: (device) => raiseTokenShared(database.db, device, now()),
    });
    handle = createIngestHandler({ pipeline, clock: now, forwarded: () => Promise.resolve(null), ...over });
  });
  afterAll(async () => {
    await pipeline.stop();
    await Promise.all(sqls.map((sql) => sql.end({ timeout: 1 })));
  });
  return {
    now,
    moved,
    /** Lets the clock of the GPS path run ahead. */
    skip: (ms: number) => {
      aheadMs += ms;
    },
    pipeline: () => pipeline,
    handle: (request: IngestRequest) => handle(request),
    send: async (request: Partial<Omit<IngestRequest, "body">> & { body?: unknown }) => {
      const isText = typeof request.body === "string" || Buffer.isBuffer(request.body);
      const text = isText || request.body === undefined ? (request.body ?? "") : JSON.stringify(request.body);
      const answer = await handle({
        method: request.body === undefined ? "GET" : "POST",
        url: "/api/v1/positions",
        ip: "203.0.113.9",
        headers: { "content-type": "application/json" },
        ...request,
        body: Buffer.from(text as string),
      });
      return { ...answer, json: answer.body === "" ? undefined : (JSON.parse(answer.body) as unknown) };
    },
  };
}

/** A paired device with its token: of a vehicle of its own, or of whom `row` names. */
export async function aPairedDevice(database: TestDatabase, row: Partial<typeof schema.devices.$inferInsert> = {}) {
  const token = newToken("rbd_");
  const agencyId = row.agencyId ?? (await anAgency(database.owner)).id;
  const vehicleId = row.vehicleId ?? (row.userId ? null : (await aVehicle(database.owner, agencyId)).id);
  const device = await aDevice(database.owner, agencyId, {
    ...row,
    ...(vehicleId && { vehicleId }),
    tokenHash: hashToken(token),
  });
  return { token, device, agencyId, vehicleId: vehicleId ?? newId() };
}

/** What is stored of a vehicle, seen from behind the walls. */
export async function storedOf(database: TestDatabase, vehicleId: string) {
  const of = [vehicleId];
  const { positionHistory, quarantinedFixes, vehiclePositions } = schema;
  const [history, live, quarantined] = await Promise.all([
    database.owner
      .select()
      .from(positionHistory)
      .where(inArray(positionHistory.vehicleId, of))
      .orderBy(positionHistory.takenAt),
    database.owner.select().from(vehiclePositions).where(inArray(vehiclePositions.vehicleId, of)),
    database.owner.select().from(quarantinedFixes).where(inArray(quarantinedFixes.vehicleId, of)),
  ]);
  return { history, live: live[0], quarantined };
}
