import "server-only";
import { z } from "zod";
import { countActiveVehicles } from "@/db/queries/position-leases";
import type { Ctx } from "@/server/context";
import { CELL_RESOLUTION, usesSingleCell } from "@/server/domain/positions/frames";
import { publicAddress } from "@/server/domain/realtime/public-address";
import { env } from "@/server/env";
import { read } from "@/server/services/unit-of-work";

export const RealtimeSettings = z.object({
  key: z.string(),
  host: z.string(),
  port: z.int(),
  tls: z.boolean(),
  /** H3 resolution of the position channels. */
  res: z.int(),
  /** `all`: one position channel for the agency; `h3`: one per H3 cell. */
  cells: z.enum(["all", "h3"]),
});
export type RealtimeSettings = z.infer<typeof RealtimeSettings>;

/** How the caller of this request reaches the realtime server. */
export async function describeRealtime(ctx: Ctx, headers: Headers): Promise<RealtimeSettings> {
  const settings = env();
  const isHttps = headers.get("x-forwarded-proto")?.split(",")[0]?.trim() === "https";
  const host = headers.get("host") ?? `${settings.HOST}:${settings.PORT}`;
  return { ...(await describeChannels(ctx)), ...publicAddress(settings, { host, isHttps }) };
}

/** The same for the console, where no server means the page's own address. */
export async function describeRealtimeForConsole(ctx: Ctx) {
  const settings = env();
  const server = settings.PUSHER_HOST === undefined ? null : publicAddress(settings, { host: "", isHttps: false });
  return { ...(await describeChannels(ctx)), agencyId: ctx.actor.agencyId, server };
}

async function describeChannels(ctx: Ctx) {
  const unitCount = await read(ctx, (tx) => countActiveVehicles(tx, ctx.actor.agencyId));
  const cells = usesSingleCell(unitCount) ? ("all" as const) : ("h3" as const);
  return { key: env().PUSHER_KEY, res: CELL_RESOLUTION, cells };
}
