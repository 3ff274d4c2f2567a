import { CLIENT_IP_HEADER } from "@/server/client-address";
import type { Role, Scope } from "@/server/context";
import type { TestDatabase } from "./database";
import { anAgency, aShift, aVehicle, minutesAfter } from "./factories";
import { aPerson, PASSWORD } from "./people";
import { type Answer, useRest } from "./rest";

/** Calls `/api/v1` as somebody: method, path, body, headers. */
export type Caller = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer>;

let networks = 0;
/** An address no other test has called from: the limits per network are part of what is under test. */
export const ownNetwork = (): Record<string, string> => ({
  [CLIENT_IP_HEADER]: `10.8.${Math.floor(++networks / 250)}.${networks % 250}`,
});

/** The rows of a list's answer. */
export const itemsOf = ({ body }: Answer) => (body as { items: Record<string, unknown>[] }).items;
/** The row in an answer. */
export const rowOf = ({ body }: Answer) => body as { id: string; version: number } & Record<string, unknown>;
/** What an error's answer says. */
export const errorOf = ({ body }: Answer) =>
  (
    body as {
      error: {
        code: string;
        message: string;
        reasons: { path?: string; code: string; message: string; current?: unknown }[];
      };
    }
  ).error;
/** The codes of an error's reasons. */
export const reasonCodes = (answer: Answer) => errorOf(answer).reasons.map(({ code }) => code);

/** Agencies with people who sign in over the API like anybody else. Call at the top level of a test file. */
export function useCallers(database: TestDatabase) {
  const call = useRest(database);
  const as =
    (token?: string): Caller =>
    (method, path, body, headers = {}) =>
      call(method, path, { ...(token && { token }), body, headers });

  async function signIn(email: string, headers = ownNetwork()) {
    const { status, body } = await call("POST", "/auth/login", { body: { email, password: PASSWORD }, headers });
    if (status !== 200) throw new Error(`sign-in answered ${status}`);
    return body as { accessToken: string; refreshToken: string; user: { id: string; agencyId: string } };
  }

  /** A person of these roles with their own session. */
  async function aCaller(agencyId: string, roles: Role[]) {
    const person = await aPerson(database.owner, { agencyId, roles });
    const { accessToken: token } = await signIn(person.email);
    return { person, token, call: as(token) };
  }

  /** A partner with these scopes, whose key an admin made over the API. */
  async function aPartner(admin: Caller, scopes: Scope[]) {
    const made = await admin("POST", "/api-keys", { name: "Partner", scopes });
    const { id, token } = made.body as { id: string; token: string };
    return { id, token, call: as(token) };
  }

  /** An agency that works now: an admin, a dispatcher, and a wheelchair van signed on with its driver. */
  async function aWorkingAgency() {
    const { id: agencyId } = await anAgency(database.owner);
    const [admin, dispatcher, driver] = await Promise.all([
      aCaller(agencyId, ["admin"]),
      aCaller(agencyId, ["dispatcher"]),
      aCaller(agencyId, ["crew"]),
    ]);
    const { vehicle, shift } = await aUnit(agencyId, [driver.person.id]);
    return { agencyId, vehicle, shift, driver, admin: admin.call, dispatch: dispatcher.call, drive: driver.call };
  }

  /** A wheelchair van on a shift that began an hour ago and is signed on. */
  async function aUnit(agencyId: string, crew: string[] = [], signedOn = true) {
    const places = { ambulatory: 1, wheelchair: 1, stretcher: 0 };
    const vehicle = await aVehicle(database.owner, agencyId, { levels: ["ambulatory", "wheelchair"], places });
    const now = new Date();
    const startsAt = minutesAfter(now, -60);
    const times = { startsAt, endsAt: minutesAfter(now, 400), signedOnAt: signedOn ? startsAt : null };
    const shift = await aShift(database.owner, agencyId, { vehicleId: vehicle.id, ...times }, crew);
    return { vehicle, shift };
  }

  return { as, anybody: as(), signIn, aCaller, aPartner, aUnit, aWorkingAgency };
}

/** A wheelchair trip of a named rider, wanted as soon as possible. */
export const NEW_TRIP = {
  level: "wheelchair",
  riderName: "Ada Lovelace",
  riderPhone: "+1 309 555 0134",
  pickup: { lat: 40.62, lon: -89.38, address: "12 Hidden Lane" },
  dropoff: { lat: 40.66, lon: -89.33 },
};
