import "server-only";
import { z } from "zod";
import { deviceById, listDeviceRows } from "@/db/queries/devices";
import type { Ctx } from "@/server/context";
import { type Device, showDevice } from "@/server/domain/devices/device";
import { notFound } from "@/server/errors";
import { type Page, pageOf, parseCursor } from "@/server/services/page";
import { read } from "@/server/services/unit-of-work";

/** Active devices, oldest first, each with its use and the reason why it is dark. */
export const listDevices = (
  ctx: Ctx,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<Device>> =>
  read(ctx, async (tx) => {
    const afterId = parseCursor(cursor, z.tuple([z.uuid()]))?.[0];
    const rows = await listDeviceRows(tx, ctx.actor.agencyId, { limit: limit + 1, afterId });
    return pageOf(rows, limit, { keyOf: ({ id }) => [id], show: (row) => showDevice(row, ctx.now) });
  });

/** One device, also a revoked one. */
export const getDevice = (ctx: Ctx, id: string): Promise<Device> =>
  read(ctx, async (tx) => {
    const row = await deviceById(tx, ctx.actor.agencyId, id);
    if (!row) throw notFound("device");
    return showDevice(row, ctx.now);
  });
