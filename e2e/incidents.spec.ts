import { apiOf, expect, signIn, test } from "./fixtures";

test("an incident is found by the number of a trip in it, read beside the list, and closed when its trips are over", async ({
  page,
  request,
}) => {
  const dispatch = await apiOf(request, "dispatcher@demo.test");
  const trip = await dispatch.post<{ id: string; number: string }>("/trips", {
    level: "bls",
    pickup: { lat: 40.6, lon: -89.4 },
  });
  const incident = await dispatch.post<{ number: string }>("/incidents", { tripId: trip.id, notes: "two cars" });
  await signIn(page, "dispatcher@demo.test", "/trips");
  await page.getByRole("navigation", { name: "Trips" }).getByRole("link", { name: "Incidents" }).click();
  await page.getByLabel("Incident or trip number").fill(trip.number);
  const row = page.getByRole("row").filter({ hasText: incident.number });
  await row.click();
  const panel = page.getByRole("region", { name: incident.number });
  await expect(panel.getByText("two cars")).toBeVisible();
  await panel.getByRole("button", { name: trip.number }).click();
  await expect(page.getByRole("region", { name: trip.number })).toBeVisible();
  expect(page.url()).not.toContain(trip.number);
  await dispatch.post(`/trips/${trip.id}/cancel`, { reason: "called off" });
  await page.getByRole("region", { name: trip.number }).getByRole("button", { name: "Close", exact: true }).click();
  await panel.getByRole("button", { name: `Close ${incident.number}` }).click();
  await expect(row).toHaveCount(0);
  await expect(page.getByText("No incident of that number")).toBeVisible();
});
