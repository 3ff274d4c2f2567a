import { expect, test } from "vitest";
import type { TripView } from "@/server/domain/trips/trip-view";
import type { Press } from "./drive-db";
import { atTheDoor, currentTrip, nextPress, statusOnPhone } from "./next-press";

const trip = (id: string, status: TripView["status"]) =>
  ({ id, kind: "transport", status, times: { requestedAt: new Date(0) } }) as unknown as TripView;
const press = (tripId: string, status: Press["status"], refused: string | null = null): Press => ({
  clientEventId: `${tripId}-${status}`,
  userId: "u",
  tripId,
  tripNumber: "1",
  status,
  at: "2027-03-03T15:00:00.000Z",
  order: 1,
  refused,
});

test("the button goes on with what was pressed, although nothing has been sent yet", () => {
  const presses = [press("a", "acknowledged"), press("a", "en_route")];
  expect(statusOnPhone(trip("a", "dispatched"), presses)).toBe("en_route");
  expect(nextPress(trip("a", "dispatched"), presses)).toBe("at_pickup");
});
test("a refused press does not count, nor one for a trip the server has closed", () => {
  expect(nextPress(trip("a", "dispatched"), [press("a", "acknowledged", "no")])).toBe("acknowledged");
  expect(nextPress(trip("a", "cancelled"), [press("a", "acknowledged")])).toBeNull();
});
test("the trip with a rider aboard comes before one that was only told", () => {
  expect(currentTrip([trip("told", "dispatched"), trip("aboard", "loaded")], [])?.id).toBe("aboard");
});
test("a no-show is pressed at the door only, and ends the trip on this phone before it is sent", () => {
  expect(atTheDoor(trip("a", "en_route"), [])).toBeNull();
  const arrived = press("a", "at_pickup");
  expect(atTheDoor(trip("a", "en_route"), [arrived])).toEqual({ arrivedAt: new Date(arrived.at) });
  const presses = [arrived, press("a", "no_show")];
  expect(statusOnPhone(trip("a", "en_route"), presses)).toBe("no_show");
  expect(nextPress(trip("a", "en_route"), presses)).toBeNull();
  expect(currentTrip([trip("a", "en_route")], presses)).toBeNull();
});
test("a trip that is only reserved has no button", () => {
  expect(nextPress(trip("a", "reserved"), [])).toBeNull();
  expect(currentTrip([trip("a", "reserved"), trip("b", "completed")], [])).toBeNull();
});
