import { type Browser, expect, type Page, test } from "@playwright/test";
import { aTrip, aUnit, type Trip, withApi } from "./board-kit";
import { signIn } from "./fixtures";

test.use({ viewport: { width: 1440, height: 860 } });

const DAY_MS = 86_400_000;

/** What another dispatcher has open, its lists filtered to one trip. */
async function anotherBoard(browser: Browser, number: string) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 860 } });
  const page = await context.newPage();
  await openFiltered(page, "admin@demo.test", number);
  return { page, close: () => context.close() };
}

/** Opens the board, filtered to one trip, once its feed is there: what changes before is read with the whole board. */
async function openFiltered(page: Page, email: string, number: string) {
  const isHeard = feedIsThere(page);
  await signIn(page, email, "/board");
  await isHeard();
  for (const name of ["Filter unassigned trips", "Filter assigned trips"])
    await page.getByRole("searchbox", { name }).fill(number);
  await expect(rowIn(page, "Unassigned trips")).toHaveCount(1);
}

/** Waits until the agency's channel was signed for this page and the whole board was read again after that. */
function feedIsThere(page: Page) {
  let isSigned = false;
  let isRead = false;
  page.on("response", (response) => {
    const asked = response.request().postData() ?? "";
    if (response.url().includes("/api/realtime/auth") && asked.includes("private-agency")) isSigned = true;
    else if (isSigned && response.url().includes("board.get")) isRead = true;
  });
  return () => expect.poll(() => isRead).toBe(true);
}

const rowIn = (page: Page, list: "Unassigned trips" | "Assigned trips") =>
  page.getByRole("grid", { name: list }).locator("[data-row-id]");

/** Waits until this console has been answered what changed of a trip. */
function answersTo(page: Page) {
  const answers: string[] = [];
  page.on("response", (response) => {
    if (!response.url().includes("board.changes")) return;
    response.text().then(
      (text) => answers.push(text),
      () => undefined,
    );
  });
  return { about: (id: string) => expect.poll(() => answers.some((text) => text.includes(id))).toBe(true) };
}

test("a trip moves from list to list, and off the day, on two consoles that ask for that trip alone", async ({
  page,
  browser,
  request,
}) => {
  const admin = await withApi(request);
  const unit = await aUnit(admin, 2);
  const trip = await aTrip(admin);
  await openFiltered(page, "dispatcher@demo.test", trip.number);
  const other = await anotherBoard(browser, trip.number);
  const boards = [page, other.page];
  const answers = boards.map(answersTo);
  await admin.post(`/trips/${trip.id}/assign`, { shiftId: unit.shiftId, mode: "reserve" });
  for (const answer of answers) await answer.about(trip.id);
  for (const board of boards) {
    await expect(rowIn(board, "Assigned trips")).toContainText(unit.callSign);
    await expect(rowIn(board, "Unassigned trips")).toHaveCount(0);
  }
  const freed = await admin.post<Trip>(`/trips/${trip.id}/unassign`, {});
  for (const board of boards) await expect(rowIn(board, "Unassigned trips")).toHaveCount(1);
  const later = new Date(Date.now() + 2 * DAY_MS).toISOString();
  await admin.patch<Trip>(`/trips/${trip.id}`, {
    version: freed.version,
    reason: "another day",
    pickup: { lat: 40.621, lon: -89.381, address: "1 Board St", at: later },
  });
  for (const board of boards) await expect(rowIn(board, "Unassigned trips")).toHaveCount(0);
  await other.close();
});

test("what a console was never told is shown once its feed has come back", async ({ page, request }) => {
  const admin = await withApi(request);
  const trip = await aTrip(admin);
  let isDeaf = false;
  const sockets = new Set<{ close: () => Promise<void> }>();
  await page.routeWebSocket(/\/app\//, (socket) => {
    const server = socket.connectToServer();
    sockets.add(socket);
    server.onMessage((message) => {
      if (!isDeaf || !String(message).includes(trip.id)) socket.send(message);
    });
  });
  await openFiltered(page, "dispatcher@demo.test", trip.number);
  const answers = answersTo(page);
  isDeaf = true;
  const urgent = await admin.patch<Trip>(`/trips/${trip.id}`, { version: trip.version, priority: "emergency" });
  const heard = await aTrip(admin);
  await answers.about(heard.id);
  const row = rowIn(page, "Unassigned trips");
  await expect(row).not.toContainText("Emergency");
  isDeaf = false;
  for (const socket of sockets) await socket.close();
  await expect(row).toContainText("Emergency");
  // And from then on it hears again.
  await admin.patch<Trip>(`/trips/${trip.id}`, { version: urgent.version, priority: "scheduled" });
  await expect(row).not.toContainText("Emergency");
});
