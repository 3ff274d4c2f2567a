import * as schema from "@/db/schema";
import { aDevice, anAgency } from "@/db/testing/factories";
import { aPerson } from "@/db/testing/people";
import { newId } from "@/server/ids";
import { hashToken, newToken } from "@/server/security/tokens";
import type { Stack } from "./stack";

export type Phone = { deviceId: string; vehicleId: string; vehicleNo: string; token: string };
export type Fleet = { agencyId: string; dispatcher: Awaited<ReturnType<typeof aPerson>>; phones: Phone[] };

/** An agency with a dispatcher and vehicles, each with a paired phone. */
export async function aFleet({ owner }: Stack, count: number): Promise<Fleet> {
  const { id: agencyId } = await anAgency(owner);
  const dispatcher = await aPerson(owner, { agencyId, roles: ["dispatcher", "admin"] });
  const phones = Array.from({ length: count }, (_, i) => ({
    deviceId: newId(),
    vehicleId: newId(),
    vehicleNo: `V${i + 1}`,
    token: newToken("rbd_"),
  }));
  const vehicle = {
    type: "ambulance" as const,
    levels: ["bls"],
    places: { ambulatory: 1, wheelchair: 0, stretcher: 1 },
  };
  await owner
    .insert(schema.vehicles)
    .values(
      phones.map((p) => ({ agencyId, id: p.vehicleId, vehicleNo: p.vehicleNo, callSign: p.vehicleNo, ...vehicle })),
    );
  await owner.insert(schema.devices).values(
    phones.map((p) => ({
      agencyId,
      id: p.deviceId,
      label: `phone ${p.vehicleNo}`,
      vehicleId: p.vehicleId,
      tokenHash: hashToken(p.token),
    })),
  );
  return { agencyId, dispatcher, phones };
}

/** A second phone on the vehicle of the first. */
export async function aSecondPhone({ owner }: Stack, { agencyId }: Fleet, phone: Phone): Promise<Phone> {
  const token = newToken("rbd_");
  const { id } = await aDevice(owner, agencyId, { vehicleId: phone.vehicleId, tokenHash: hashToken(token) });
  return { ...phone, deviceId: id, token };
}
