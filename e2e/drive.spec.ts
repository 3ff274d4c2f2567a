import { AxeBuilder } from "@axe-core/playwright";
import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import { apiOf, DEMO_PASSWORD, signIn } from "./fixtures";

test.use({
  viewport: { width: 390, height: 844 },
  permissions: ["geolocation"],
  geolocation: { latitude: 40.62, longitude: -89.38, accuracy: 6 },
});

type Trip = {
  id: string;
  status: string;
  number: string;
  assignment: { delivery: { onPhoneAt: string | null; seenAt: string | null } } | null;
  times: { enRouteAt: string | null; atPickupAt: string | null };
};
type Vehicle = { id: string; position: { source: string; lat: number } | null };

/** A truck, a crew of one and a shift of their own, not signed on yet. */
async function aCrew(request: APIRequestContext) {
  const admin = await apiOf(request, "admin@demo.test");
  const name = `drive-${crypto.randomUUID().slice(0, 8)}`;
  const email = `${name}@demo.test`;
  const person = { email, name: `Dana ${name}`, roles: ["crew"], password: DEMO_PASSWORD };
  const user = await admin.post<{ id: string }>("/users", person);
  const vehicle = await admin.post<Vehicle>("/vehicles", {
    vehicleNo: name,
    callSign: name.toUpperCase(),
    type: "ambulance",
    levels: ["stretcher", "bls"],
    places: { ambulatory: 1, wheelchair: 0, stretcher: 1 },
    inService: true,
  });
  const hour = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  const shift = { vehicleId: vehicle.id, crew: [user.id], startsAt: hour(-0.2), endsAt: hour(8) };
  const { id: shiftId } = await admin.post<{ id: string }>("/shifts", shift);
  return { admin, email, callSign: name.toUpperCase(), vehicleId: vehicle.id, shiftId };
}
type Crew = Awaited<ReturnType<typeof aCrew>>;

async function dispatched({ admin, shiftId }: Crew): Promise<Trip> {
  const pickup = { lat: 40.621, lon: -89.381, address: "1 Test St" };
  const dropoff = { lat: 40.65, lon: -89.36, address: "2 Test St" };
  const trip = await admin.post<Trip>("/trips", { level: "bls", riderName: "Pat Passenger", pickup, dropoff });
  return admin.post<Trip>(`/trips/${trip.id}/assign`, { shiftId, mode: "dispatch" });
}

async function signOn(page: Page, crew: Crew) {
  await signIn(page, crew.email);
  await page.goto("/drive");
  await page.getByRole("button", { name: `Sign on ${crew.callSign}` }).click();
  await expect(page.getByText("No trip now")).toBeVisible();
}

test("a crew signs on, is told of a call, and its presses and position reach dispatch", async ({ page, request }) => {
  const crew = await aCrew(request);
  await signOn(page, crew);
  const trip = await dispatched(crew);
  await expect(page.getByText("Pat Passenger")).toBeVisible({ timeout: 20_000 });
  const now = () => crew.admin.get<Trip>(`/trips/${trip.id}`);
  await expect.poll(async () => (await now()).assignment?.delivery.seenAt ?? null).not.toBeNull();
  for (const [button, status] of [
    ["Acknowledge", "acknowledged"],
    ["Start to pickup", "en_route"],
    ["Arrived at pickup", "at_pickup"],
    ["Rider on board", "loaded"],
    ["Arrived at drop-off", "at_dropoff"],
    ["Complete", "completed"],
  ] as const) {
    await page.getByRole("button", { name: button, exact: true }).click();
    await expect.poll(async () => (await now()).status).toBe(status);
  }
  await expect(page.getByText("Done today: 1")).toBeVisible();
  const position = async () => (await crew.admin.get<Vehicle>(`/vehicles/${crew.vehicleId}`)).position;
  await expect.poll(position).toMatchObject({ source: "crew", lat: 40.62 });
});

test("without signal the run goes on, and every press arrives later with the time it was pressed", async ({
  page,
  context,
  request,
}) => {
  const crew = await aCrew(request);
  await signOn(page, crew);
  const trip = await dispatched(crew);
  await page.getByRole("button", { name: "Acknowledge" }).click({ timeout: 20_000 });
  await expect.poll(async () => (await crew.admin.get<Trip>(`/trips/${trip.id}`)).status).toBe("acknowledged");
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  await expect(page.getByRole("button", { name: "Start to pickup" })).toBeVisible();

  await context.setOffline(true);
  await page.getByRole("button", { name: "Start to pickup" }).click();
  await page.getByRole("button", { name: "Arrived at pickup" }).click();
  await expect(page.getByText("2 presses are not sent yet")).toBeVisible();
  const pressedBy = Date.now();
  await page.reload();
  await expect(page.getByText("2 presses are not sent yet")).toBeVisible();
  await expect(page.getByRole("button", { name: "Rider on board" })).toBeVisible();
  expect((await crew.admin.get<Trip>(`/trips/${trip.id}`)).status).toBe("acknowledged");

  await context.setOffline(false);
  await expect.poll(async () => (await crew.admin.get<Trip>(`/trips/${trip.id}`)).status).toBe("at_pickup");
  const { times } = await crew.admin.get<Trip>(`/trips/${trip.id}`);
  expect(Date.parse(times.enRouteAt ?? "")).toBeLessThanOrEqual(pressedBy);
  expect(Date.parse(times.atPickupAt ?? "")).toBeLessThanOrEqual(pressedBy);
  await expect(page.getByText("not sent yet")).toBeHidden();
});

test("without signal a no-show is recorded with its evidence, and arrives after the arrival it rests on", async ({
  page,
  context,
  request,
}) => {
  const crew = await aCrew(request);
  await signOn(page, crew);
  const trip = await dispatched(crew);
  await page.getByRole("button", { name: "Acknowledge" }).click({ timeout: 20_000 });
  await page.getByRole("button", { name: "Start to pickup" }).click();
  const now = () => crew.admin.get<Trip & { evidence: unknown }>(`/trips/${trip.id}`);
  await expect.poll(async () => (await now()).status).toBe("en_route");

  await context.setOffline(true);
  await page.getByRole("button", { name: "Arrived at pickup" }).click();
  await page.getByRole("button", { name: "Rider did not come" }).click();
  const record = page.getByRole("button", { name: "Record the no-show" });
  await expect(page.getByText("At the door since")).toBeVisible();
  await expect(record).toBeDisabled();
  await page.getByLabel("Times you called the rider").fill("3");
  await page.getByRole("button", { name: "Told dispatch" }).click();
  await record.click();
  await expect(page.getByText("2 presses are not sent yet")).toBeVisible();
  await expect(page.getByText("No trip now")).toBeVisible();

  await context.setOffline(false);
  await expect.poll(async () => (await now()).status).toBe("no_show");
  const { times, evidence } = await now();
  expect(evidence).toMatchObject({ callAttempts: 3, arrivedAt: times.atPickupAt });
  await expect(page.getByText("not sent yet")).toBeHidden();
});

test("a wrong press is taken back within two minutes", async ({ page, request }) => {
  const crew = await aCrew(request);
  await signOn(page, crew);
  const trip = await dispatched(crew);
  await page.getByRole("button", { name: "Acknowledge" }).click({ timeout: 20_000 });
  await page.getByRole("button", { name: "Start to pickup" }).click();
  await page.getByRole("button", { name: "Take back: En route" }).click();
  await expect.poll(async () => (await crew.admin.get<Trip>(`/trips/${trip.id}`)).status).toBe("acknowledged");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing on the phone page in the ${colorScheme} theme, and every target is big enough`, async ({
    page,
    request,
  }) => {
    await page.emulateMedia({ colorScheme });
    const crew = await aCrew(request);
    await signOn(page, crew);
    await dispatched(crew);
    await expect(page.getByRole("button", { name: "Acknowledge" })).toBeVisible({ timeout: 20_000 });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, impact }) => `${impact} ${id}`)).toEqual([]);
    for (const button of await page.getByRole("button").all()) {
      expect((await button.boundingBox())?.height, await button.innerText()).toBeGreaterThanOrEqual(48);
    }
  });
}
