import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { AxeBuilder } from "@axe-core/playwright";
import { type APIRequestContext, test as bare, type Locator, type Page } from "@playwright/test";
import { apiOf, DEMO_PASSWORD, expect, signIn, test } from "./fixtures";

type Vehicle = { id: string; vehicleNo: string; callSign: string; version: number };
const ADMIN = "admin@demo.test";
const PAGES = ["shifts", "vehicles", "devices", "facilities", "bases"] as const;
const anyNo = () => `T${randomUUID().slice(0, 8)}`;
const csv = (...lines: string[]) => Buffer.from(`${lines.join("\r\n")}\r\n`);
const file = (name: string, buffer: Buffer) => ({ name, mimeType: "text/csv", buffer });

async function openFleet(page: Page, name: (typeof PAGES)[number], email = ADMIN) {
  await signIn(page, email, `/fleet/${name}`);
  await expect(listOf(page)).not.toHaveAttribute("aria-busy", "true");
}
const listOf = (page: Page) => page.getByRole("grid");
const rowOf = (page: Page, text: string) =>
  listOf(page)
    .getByRole("row")
    .filter({ has: page.getByText(text, { exact: true }) });

/** A vehicle with a phone: the demo's fleet is paired by those who drive it. */
async function aPairedVehicle(request: APIRequestContext) {
  const admin = await apiOf(request, ADMIN);
  const vehicleNo = anyNo();
  const { id } = await admin.post<Vehicle>("/vehicles", { vehicleNo, type: "ambulance", callSign: vehicleNo });
  await admin.post("/devices", { label: `Tablet of ${vehicleNo}`, vehicleId: id });
}

/** Presses Tab until the focus is there, as somebody without a mouse does. */
async function tabTo(page: Page, target: Locator, atMost = 80) {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < atMost; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  await expect(target).toBeFocused();
}

/** Opens the row of a vehicle: finds it by typing. */
async function openByKeyboard(page: Page, vehicleNo: string) {
  await tabTo(page, page.getByRole("searchbox", { name: "Filter vehicles" }));
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type(vehicleNo);
  await tabTo(page, rowOf(page, vehicleNo));
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: `Vehicle ${vehicleNo}` });
  await expect(dialog).toBeVisible();
  return dialog;
}

// Not the quiet test: the refused save is an error on the browser's console too.
bare(
  "an admin adds and edits a vehicle by keyboard; of two who edit it the second is offered the first's version",
  async ({ page, request }) => {
    const vehicleNo = anyNo();
    await openFleet(page, "vehicles");
    await tabTo(page, page.getByRole("button", { name: "Add vehicle" }));
    await page.keyboard.press("Enter");
    const adding = page.getByRole("dialog", { name: "New vehicle" });
    await expect(adding.getByLabel("Number")).toBeFocused();
    await page.keyboard.type(vehicleNo);
    await page.keyboard.press("Tab");
    await page.keyboard.type("Medic 71");
    await page.keyboard.press("ControlOrMeta+Enter");
    await expect(adding).toBeHidden();

    const editing = await openByKeyboard(page, vehicleNo);
    const callSign = editing.getByLabel("Call sign");
    await expect(callSign).toHaveValue("Medic 71");
    const second = `admin-${randomUUID()}@demo.test`;
    await (await apiOf(request, ADMIN)).post("/users", { email: second, role: "admin", password: DEMO_PASSWORD });
    const other = await apiOf(request, second);
    const { items } = await other.get<{ items: Vehicle[] }>("/vehicles?limit=200");
    const made = items.find((vehicle) => vehicle.vehicleNo === vehicleNo);
    await other.patch(`/vehicles/${made?.id}`, { version: made?.version, callSign: "Medic 72" });

    await tabTo(page, callSign);
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type("Medic 73");
    await page.keyboard.press("ControlOrMeta+Enter");
    await expect(editing.getByText("Somebody changed this meanwhile.")).toBeVisible();
    await expect(callSign).toHaveValue("Medic 73");
    await tabTo(page, editing.getByRole("button", { name: "Load their version" }));
    await page.keyboard.press("Enter");
    await expect(callSign).toHaveValue("Medic 72");
    await tabTo(page, callSign);
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type("Medic 74");
    await page.keyboard.press("ControlOrMeta+Enter");
    await expect(editing).toBeHidden();
    await expect(rowOf(page, vehicleNo)).toContainText("Medic 74");
  },
);

test("one bad row keeps a file out, by row number and reason; the repaired file comes in whole", async ({
  page,
  request,
}) => {
  const [first, second] = [anyNo(), anyNo()];
  await openFleet(page, "vehicles");
  await page.getByRole("button", { name: "Import" }).click();
  const dialog = page.getByRole("dialog", { name: "Import vehicles" });
  const input = dialog.getByLabel("CSV file with vehicles");
  await input.setInputFiles(file("bad.csv", csv("vehicleNo,type", `${first},ambulance`, `${second},boat`)));
  const problem = dialog.getByRole("list", { name: "Problems" }).getByRole("listitem");
  await expect(problem).toHaveText(/^Row 3\s*type: write one of ambulance, /);
  await expect(dialog.getByRole("button", { name: "Import", exact: true })).toBeDisabled();
  const admin = await apiOf(request, ADMIN);
  const numbers = async () =>
    (await admin.get<{ items: Vehicle[] }>("/vehicles?limit=200")).items.map(({ vehicleNo }) => vehicleNo);
  expect(await numbers()).not.toContain(first);

  await input.setInputFiles(file("good.csv", csv("vehicleNo,type", `${first},ambulance`, `${second},car`)));
  await dialog.getByRole("button", { name: "Import 2 rows" }).click();
  await expect(dialog).toBeHidden();
  expect(await numbers()).toEqual(expect.arrayContaining([first, second]));
  await page.getByRole("searchbox", { name: "Filter vehicles" }).fill(second);
  await expect(rowOf(page, second)).toBeVisible();
});

test("pairing shows a code for each app, waits, and shows the first fix with its age and battery", async ({
  page,
  request,
}) => {
  const vehicleNo = anyNo();
  const admin = await apiOf(request, ADMIN);
  await admin.post("/vehicles", { vehicleNo, type: "ambulance", callSign: vehicleNo });
  await openFleet(page, "devices");
  await page.getByRole("button", { name: "Pair a device" }).first().click();
  await page.getByLabel("Name of the device").fill(`Phone of ${vehicleNo}`);
  await page.getByRole("combobox", { name: "Vehicle" }).fill(vehicleNo);
  await page.getByRole("option", { name: vehicleNo }).click();
  await page.getByRole("button", { name: "Show the QR codes" }).click();
  const dialog = page.getByRole("dialog", { name: `Pair Phone of ${vehicleNo}` });
  for (const app of ["Traccar Client", "OwnTracks", "Overland", "GPSLogger", "OsmAnd"]) {
    await dialog.getByRole("tab", { name: app }).click();
    const code = dialog.getByRole("img", { name: `QR code that sets up ${app}` });
    expect(
      await code.evaluate((image) => (image instanceof HTMLImageElement ? image.naturalWidth : 0)),
    ).toBeGreaterThan(0);
  }
  await expect(dialog.getByText("Waiting for the first position")).toBeVisible();
  const [token] = /rbd_[\w-]{43}/.exec(await dialog.innerText()) ?? [];
  const fix = await request.post(`/api/v1/ingest/osmand?id=${token}&lat=40.62&lon=-89.38&accuracy=8&batt=81`);
  expect(fix.status()).toBe(200);
  await expect(dialog.getByText(/^Received (now|\d+ s ago), (26 ft|8 m), battery 81 %$/)).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();
  await page.getByRole("searchbox", { name: "Filter devices" }).fill(vehicleNo);
  await expect(rowOf(page, `Phone of ${vehicleNo}`)).toContainText("Reporting");
});

test("imported devices and people get tokens and links that are shown once, and can be downloaded", async ({
  page,
  request,
}) => {
  const vehicleNo = anyNo();
  await (await apiOf(request, ADMIN)).post("/vehicles", { vehicleNo, type: "car", callSign: vehicleNo });
  const take = async (what: string, content: Buffer) => {
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await page.getByLabel(`CSV file with ${what}`).setInputFiles(file(`${what}.csv`, content));
    await page.getByRole("button", { name: "Import 1 row" }).click();
  };
  const downloaded = async (dialog: Locator) => {
    const coming = page.waitForEvent("download");
    await dialog.getByRole("button", { name: "Download" }).click();
    return readFile(await (await coming).path(), "utf8");
  };
  await openFleet(page, "devices");
  await take("devices", csv("label,vehicle", `Tablet ${vehicleNo},${vehicleNo}`));
  const tokens = page.getByRole("dialog", { name: "Tokens of the devices" });
  await tokens.getByRole("button", { name: "Done" }).click();
  await expect(tokens.getByText("This was not downloaded yet")).toBeVisible();
  const [token = "none"] = /rbd_[\w-]{43}/.exec(await downloaded(tokens)) ?? [];
  const fix = await request.post(`/api/v1/ingest/osmand?id=${token}&lat=40.62&lon=-89.38`);
  expect(fix.status()).toBe(200);
  await tokens.getByRole("button", { name: "Done" }).click();
  await expect(tokens).toBeHidden();

  await page.goto("/people");
  const email = `${vehicleNo.toLowerCase()}@demo.test`;
  await take("people", csv("email,name,roles", `${email},Imre Port,crew`));
  const links = page.getByRole("dialog", { name: "Invitations" });
  expect(await downloaded(links)).toMatch(new RegExp(`${email},Imre Port,http.*/link#rbl_`));
  await links.getByRole("button", { name: "Done" }).click();
  // A long list draws the rows in view only.
  await page.getByRole("searchbox", { name: "Filter people" }).fill(email);
  await expect(page.getByRole("row", { name: new RegExp(email) })).toContainText("Invited");
});

test("what the lists export can be read again: the only objection is that it is there already", async ({
  page,
  request,
}) => {
  await aPairedVehicle(request);
  await signIn(page, ADMIN, "/fleet/shifts");
  const cases = [
    ["/fleet/shifts", "shifts", /is on /],
    ["/fleet/vehicles", "vehicles", /is in the agency already/],
    ["/fleet/devices", "devices", /is in the agency already/],
    ["/people", "people", /is in the agency already|has left/],
  ] as const;
  for (const [path, what, objection] of cases) {
    await page.goto(path);
    await expect(listOf(page).getByRole("row").nth(1)).toBeVisible();
    // The columns that name owners and crews come with lists of their own.
    await page.waitForLoadState("networkidle");
    const coming = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export as CSV" }).click();
    const exported = await readFile(await (await coming).path());
    await page.getByRole("button", { name: "Import", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: `Import ${what}` });
    await dialog.getByLabel(`CSV file with ${what}`).setInputFiles(file(`${what}.csv`, exported));
    await expect(dialog.getByText(/rows? can be read/)).toBeVisible();
    await expect(dialog.getByText(/^0 rows can be read/)).toBeHidden();
    for (const line of await dialog.getByRole("listitem").allInnerTexts()) expect(line, what).toMatch(objection);
  }
});

for (const colorScheme of ["light", "dark"] as const)
  test(`axe finds nothing serious on the pages of the fleet in the ${colorScheme} theme`, async ({ page, request }) => {
    // Axe takes seconds a page on a busy machine, and there are six to see.
    test.setTimeout(180_000);
    await aPairedVehicle(request);
    await page.emulateMedia({ colorScheme });
    await openFleet(page, "shifts");
    for (const name of PAGES) {
      await page.goto(`/fleet/${name}`);
      await expect(listOf(page).getByRole("row").nth(1)).toBeVisible();
      expect(await serious(page), name).toEqual([]);
    }
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await expect(page.getByRole("dialog", { name: "Import bases" })).toBeVisible();
    expect(await serious(page), "import").toEqual([]);
  });

async function serious(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
}

test("a dispatcher sees vehicles, devices, facilities and bases without a button that writes", async ({
  page,
  request,
}) => {
  await aPairedVehicle(request);
  await openFleet(page, "vehicles", "dispatcher@demo.test");
  for (const name of PAGES.filter((one) => one !== "shifts")) {
    await page.goto(`/fleet/${name}`);
    const row = listOf(page).getByRole("row").nth(1);
    await expect(row).toBeVisible();
    await expect(page.getByRole("button", { name: /^(Add |New |Import|Pair |Edit|Remove)/ })).toHaveCount(0);
    await row.focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
});

test("on a small screen the fleet list shows position and battery without scrolling sideways", async ({
  page,
}, info) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    if (colorScheme === "light") await openFleet(page, "vehicles");
    await expect(listOf(page).getByRole("row").nth(1)).toBeVisible();
    for (const name of ["Position", "Battery"]) {
      const box = await page.getByRole("columnheader", { name }).boundingBox();
      expect((box?.x ?? Infinity) + (box?.width ?? 0), name).toBeLessThanOrEqual(1280);
    }
    await page.screenshot({ path: info.outputPath(`vehicles-${colorScheme}.png`) });
  }
});
