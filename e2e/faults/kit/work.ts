import { expect } from "vitest";
import { aShift } from "@/db/testing/factories";
import type { Fleet } from "./fleet";
import { ask, askJson } from "./http";
import type { Stack } from "./stack";

export type Booked = { id: string; number: string; riderName: string; riderPhone: string; address: string };

let count = 0;

/** Books a trip for the next hour, with a rider of its own. */
export async function book({ url }: Pick<Stack, "url">, token: string): Promise<Booked> {
  const n = ++count;
  const riderName = `Rider Number${n}`;
  const riderPhone = `(309) 555-${String(1_000 + n)}`;
  const address = `${100 + n} Fallback Rd`;
  const json = {
    level: "bls",
    riderName,
    riderPhone,
    pickup: { address, lat: 40.62, lon: -89.38, at: new Date(Date.now() + 3_600_000).toISOString() },
    dropoff: { address: `${200 + n} Harbor St`, lat: 40.66, lon: -89.33 },
  };
  const { status, text } = await askJson(`${url}/api/v1/trips`, { token, json });
  expect(status, text).toBe(201);
  const { id, number } = JSON.parse(text) as { id: string; number: string };
  return { id, number, riderName, riderPhone, address };
}

/** A shift of the first vehicle, signed on an hour ago. */
export const aRunningShift = ({ owner }: Stack, { agencyId, phones }: Fleet) =>
  aShift(owner, agencyId, {
    vehicleId: phones[0]?.vehicleId ?? "",
    startsAt: new Date(Date.now() - 3_600_000),
    endsAt: new Date(Date.now() + 6 * 3_600_000),
  });

/** Runs a job as an outside scheduler does. */
export const runJobNow = ({ url, env }: Stack, name: string) =>
  ask(`${url}/api/jobs/${name}`, { method: "POST", token: env.CRON_SECRET ?? "" });
