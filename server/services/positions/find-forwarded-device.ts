import "server-only";
import { LRUCache } from "lru-cache";
import { deviceByLabel } from "@/db/queries/devices";
import type { DeviceRow } from "@/db/queries/ingest-lookups";
import type { Ctx } from "@/server/context";
import { AppError, ruleBroken } from "@/server/errors";
import { read } from "@/server/services/unit-of-work";
import { singleton } from "@/server/singleton";

const TRUST_MS = 5_000;
const known = () =>
  singleton("forwarded-devices", () => new LRUCache<string, DeviceRow>({ max: 10_000, ttl: TRUST_MS }));

/**
 * The device a Traccar server speaks of, when it comes with an API key: `uniqueId` is the device's label.
 * @throws AppError forbidden without the scope `positions:write`; rule_broken for an unknown label
 */
export async function findForwardedDevice(ctx: Ctx, label: string | null): Promise<DeviceRow> {
  const { actor } = ctx;
  if (actor.kind !== "api_key" || !actor.scopes.includes("positions:write")) {
    throw new AppError("forbidden", "this key may not send positions");
  }
  const unknown = () => ruleBroken("device.uniqueId", "unknown_device", "no device has this label");
  if (label === null) throw unknown();
  const key = `${actor.agencyId} ${label}`;
  const cached = known().get(key);
  if (cached) return cached;
  const device = await read(ctx, (tx) => deviceByLabel(tx, actor.agencyId, label));
  if (!device) throw unknown();
  known().set(key, device);
  return device;
}
