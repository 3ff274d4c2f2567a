import { type APIRequestContext, expect, type Page } from "@playwright/test";
import { apiOf, signIn } from "./fixtures";

export type Trip = { id: string; number: string; status: string; version: number };
type Api = Awaited<ReturnType<typeof apiOf>>;
const HOUR_MS = 3_600_000;
const hours = (count: number) => new Date(Date.now() + count * HOUR_MS).toISOString();

/** More wheelchairs than any truck of the demo has places for: only a truck of the test's own can take them. */
export const MANY = 11;

/** A truck and a shift of the test's own, signed on and free. */
export async function aUnit(admin: Api, wheelchair = MANY) {
  const name = `B${crypto.randomUUID().slice(0, 5).toUpperCase()}`;
  const vehicle = await admin.post<{ id: string }>("/vehicles", {
    vehicleNo: name,
    callSign: name,
    type: "wheelchair_van",
    levels: ["ambulatory", "wheelchair"],
    places: { ambulatory: 0, wheelchair, stretcher: 0 },
  });
  const shift = { vehicleId: vehicle.id, startsAt: hours(-0.5), endsAt: hours(8) };
  const { id: shiftId } = await admin.post<{ id: string }>("/shifts", shift);
  await admin.post(`/shifts/${shiftId}/sign-on`, {});
  return { callSign: name, shiftId };
}

/** A trip that is wanted now. */
export const aTrip = (api: Api, passengers?: Record<string, number>, riderName = "Board Passenger") =>
  api.post<Trip>("/trips", {
    level: "wheelchair",
    riderName,
    pickup: { lat: 40.621, lon: -89.381, address: "1 Board St" },
    dropoff: { lat: 40.65, lon: -89.36, address: "2 Board St" },
    ...(passengers && { passengers }),
  });

/** The board of one dispatcher, its lists filtered to one trip. */
export async function openBoard(page: Page, email: string, number: string) {
  await signIn(page, email, "/board");
  await page.getByRole("searchbox", { name: "Filter unassigned trips" }).fill(number);
  await page.getByRole("searchbox", { name: "Filter assigned trips" }).fill(number);
  const list = (label: string) => page.getByRole("grid", { name: label });
  const row = (label: string) => list(label).locator("[data-row-id]");
  await expect(row("Unassigned trips")).toHaveCount(1);
  return { page, waiting: row("Unassigned trips"), moving: row("Assigned trips"), list };
}

export const withApi = (request: APIRequestContext) => apiOf(request, "admin@demo.test");
