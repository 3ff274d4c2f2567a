import { expect, test } from "vitest";
import type { AssignmentView, TripView } from "@/server/domain/trips/trip-view";
import { nextPress } from "./next-press";
import { helpsWhom, ownPart } from "./own-part";

const NO_TIMES = { dispatchedAt: null, acknowledgedAt: null, enRouteAt: null, atPickupAt: null, completedAt: null };
const anAssignment = (of: Partial<AssignmentView>) =>
  ({ current: true, missed: [], times: NO_TIMES, ...of }) as unknown as AssignmentView;
const carrier = anAssignment({ id: "a", shiftId: "carries", role: "transport", callSign: "M7", status: "loaded" });
const helper = anAssignment({ id: "b", shiftId: "helps", role: "assist", callSign: "M12", status: "at_pickup" });
const trip = {
  id: "t",
  kind: "transport",
  status: "loaded",
  times: {},
  assignment: carrier,
  assignments: [carrier, helper],
} as unknown as TripView;

test("a crew that helps presses on its own ladder, whatever the carrier does", () => {
  const own = ownPart(trip, "helps");
  expect(own.status).toBe("at_pickup");
  expect(nextPress(own, [])).toBe("completed");
  expect(helpsWhom(own)).toEqual({ role: "assist", callSign: "M7" });
});

test("the crew that carries the rider has the trip as it is", () => {
  expect(ownPart(trip, "carries")).toBe(trip);
  expect(helpsWhom(trip)).toBeNull();
});

test("support that was let go is not the crew's any more", () => {
  const gone = { ...trip, assignments: [carrier, { ...helper, current: false, status: "ended" as const }] };
  expect(ownPart(gone, "helps")).toBe(gone);
});
