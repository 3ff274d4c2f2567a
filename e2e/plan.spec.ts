import { AxeBuilder } from "@axe-core/playwright";
import { apiOf, expect, signIn, test } from "./fixtures";
import { aUnit, restAs, signInBy } from "./rest";

type Trip = { id: string; number: string; status: string; assignment: { callSign: string } | null };
type Plan = { id: string; state: string; trips: { tripId: string; change: string }[] };

const HOME = { lat: 40.69, lon: -89.59 };

/** Gives a unit a break that fits in the next four hours. */
async function giveBreak(admin: Awaited<ReturnType<typeof apiOf>>, shiftId: string) {
  const hour = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  const { version } = await admin.get<{ version: number }>(`/shifts/${shiftId}`);
  await admin.patch(`/shifts/${shiftId}`, { version, breaks: [{ from: hour(1), to: hour(5), minutes: 20 }] });
}

test("several trips are booked, planned, looked at with what is left out and why, and accepted in part; the board shows what was accepted", async ({
  page,
  request,
}) => {
  // The searches alone take their seconds, on a machine that has other work.
  test.setTimeout(120_000);
  const admin = await apiOf(request, "admin@demo.test");
  const { token } = await signInBy("admin@demo.test");
  const van = await aUnit(token);
  await restAs(van.deviceToken)("POST", "/positions", { ...HOME, takenAt: new Date().toISOString() });
  await giveBreak(admin, van.shiftId);
  const book = (minutes: number, wheelchair: number) =>
    admin.post<Trip>("/trips", {
      level: "wheelchair",
      riderName: "Planned Person",
      passengers: { wheelchair },
      pickup: { ...HOME, at: new Date(Date.now() + minutes * 60_000).toISOString() },
      dropoff: { lat: HOME.lat + 0.03, lon: HOME.lon + 0.02 },
    });
  const [first, tooMany] = [await book(90, 1), await book(120, 20)];
  for (const minutes of [150, 210]) await book(minutes, 1);

  await signIn(page, "dispatcher@demo.test", "/board");
  await page.locator("h1").click();
  await page.keyboard.press("p");
  const dialog = page.getByRole("dialog", { name: "Plan a day" });
  await dialog.getByLabel(/^Seconds to search/).fill("5");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/plans\?plan=/);
  await expect(page.getByText("Difference")).toBeVisible({ timeout: 60_000 });
  const planId = new URL(page.url()).searchParams.get("plan") ?? "";
  const plan = await admin.get<Plan>(`/plans/${planId}`);
  expect(plan.state).toBe("proposed");
  const changes = new Map(plan.trips.map((one) => [one.tripId, one.change]));
  expect(changes.get(first.id)).toBe("added");
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, impact }) => `${impact} ${id}`)).toEqual([]);

  await page.getByRole("tab", { name: /^Left out/ }).click();
  const left = page.getByRole("list", { name: "Trips left out" }).getByRole("listitem");
  await expect(left.filter({ hasText: tooMany.number })).toContainText(/wheelchair place: not enough in any set-up/i);
  await page.getByRole("tab", { name: "Runs" }).click();
  await expect(page.getByRole("region", { name: `Run of ${van.vehicleNo}` })).toContainText("Break");

  await page.getByRole("tab", { name: /^Changed trips/ }).click();
  await page.getByRole("searchbox", { name: "Filter changed trips" }).fill(first.number);
  const row = page.getByRole("row", { name: new RegExp(first.number) });
  await row.focus();
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "Accept these trips" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Accept" }).click();
  await expect(page.getByText("1 trip as planned")).toBeVisible();

  const accepted = await admin.get<Trip>(`/trips/${first.id}`);
  expect(accepted).toMatchObject({ status: "reserved", assignment: { callSign: expect.any(String) } });
  await page.goto("/board");
  const callSign = accepted.assignment?.callSign ?? "";
  // A busy board has more rows than fit: the list draws those in view.
  await page.getByRole("searchbox", { name: "Filter assigned trips" }).fill(callSign);
  await expect(page.getByRole("grid", { name: "Assigned trips" }).getByText(callSign).first()).toBeVisible();
  const after = await admin.get<Plan>(`/plans/${planId}`);
  expect(["partly_applied", "applied"]).toContain(after.state);
});

test("a plan is asked for by REST, cancelled while it is made, and never applied", async ({ request }) => {
  const admin = await apiOf(request, "admin@demo.test");
  const { id } = await admin.post<Plan>("/plans", { seconds: 120 });
  const cancelled = await admin.post<Plan>(`/plans/${id}/cancel`, {});
  expect(cancelled.state).toBe("cancelled");
  const { token } = await signInBy("dispatcher@demo.test");
  const refused = await restAs(token)("POST", `/plans/${id}/apply`, {});
  expect(refused.status).toBe(422);
});

test("a question is answered and never carried out, and a plan that was overtaken by the day leaves that part out", async ({
  page,
  request,
}) => {
  // The searches alone take their seconds, on a machine that has other work.
  test.setTimeout(120_000);
  const admin = await apiOf(request, "admin@demo.test");
  const { token } = await signInBy("admin@demo.test");
  const van = await aUnit(token);
  await restAs(van.deviceToken)("POST", "/positions", { ...HOME, takenAt: new Date().toISOString() });
  const book = (minutes: number, level: string) =>
    admin.post<Trip>("/trips", {
      level,
      riderName: "Planned Person",
      pickup: { ...HOME, at: new Date(Date.now() + minutes * 60_000).toISOString() },
      dropoff: { lat: HOME.lat + 0.03, lon: HOME.lon + 0.02 },
    });
  const [kept, called] = [await book(120, "wheelchair"), await book(180, "wheelchair")];
  await signIn(page, "dispatcher@demo.test", "/plans");
  const ask = async (more: () => Promise<void>) => {
    await page.locator("h1").click();
    await page.keyboard.press("p");
    await page.getByLabel(/^Seconds to search/).fill("4");
    await more();
    await page.getByRole("button", { name: "Plan", exact: true }).click();
    await expect(page.getByRole("dialog", { name: "Plan a day" })).toBeHidden();
  };
  await ask(async () => {
    await page.getByRole("checkbox", { name: /what if/ }).click();
    await page.getByRole("button", { name: "Plan", exact: true }).click();
    await expect(page.getByText("Say what should be otherwise")).toBeVisible();
    await page.getByLabel(/^Windows were wider/).fill("20");
  });
  await expect(page.getByText("A question: windows wider by 20 min. It is never carried out.")).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.getByText("answered", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Accept all/ })).toHaveCount(0);

  await ask(async () => {});
  await expect(page.getByRole("button", { name: /^Accept all/ })).toBeVisible({ timeout: 60_000 });
  await admin.post(`/trips/${called.id}/cancel`, { reason: "called off" });
  await expect(page.getByText(/changed since the day was read/)).toBeVisible();
  await page.getByRole("tab", { name: /^Changed trips/ }).click();
  await page.getByRole("searchbox", { name: "Filter changed trips" }).fill(kept.number);
  await page.getByRole("row", { name: new RegExp(kept.number) }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("complementary").getByText("Planned Person")).toBeVisible();
  await page.getByRole("searchbox", { name: "Filter changed trips" }).fill(called.number);
  await expect(page.getByRole("row", { name: new RegExp(called.number) }).getByText("changed since")).toBeVisible();
  await page.locator("h1").click();
  await page.keyboard.press("x");
  await page.getByRole("alertdialog").getByRole("button", { name: "Decline" }).click();
  await expect(page.getByText("The plan was declined")).toBeVisible();
  expect(await admin.get<Trip>(`/trips/${kept.id}`)).toMatchObject({ status: "requested", assignment: null });
});
