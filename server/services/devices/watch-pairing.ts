import "server-only";
import { deviceById, livePositionOf } from "@/db/queries/devices";
import type { Ctx } from "@/server/context";
import { type Device, showDevice } from "@/server/domain/devices/device";
import { showPosition, type VehiclePosition } from "@/server/domain/fleet/vehicle";
import { notFound } from "@/server/errors";
import { read } from "@/server/services/unit-of-work";

/** What the console shows while it waits for a phone: the device, and its newest live fix once there is one. */
export type PairingState = { device: Device; fix: VehiclePosition | null };

export const watchPairing = (ctx: Ctx, id: string): Promise<PairingState> =>
  read(ctx, async (tx) => {
    const { agencyId } = ctx.actor;
    const row = await deviceById(tx, agencyId, id);
    if (!row) throw notFound("device");
    const position = await livePositionOf(tx, agencyId, id);
    return { device: showDevice(row, ctx.now), fix: position ? showPosition(position, ctx.now) : null };
  });
