import { expect, test } from "vitest";
import type { Role } from "@/server/domain/people/permissions";
import { maySubscribe } from "./may-subscribe";

const as = (...roles: Role[]) => ({ agencyId: "mine", roles });
const agency = { kind: "agency", agencyId: "mine" } as const;
const positions = { kind: "positions", agencyId: "mine" } as const;
const trip = { kind: "trip", tripId: "t", epoch: 2 } as const;

test("dispatchers and admins hear their agency and its positions, nobody else does", () => {
  for (const channel of [agency, positions]) {
    const may = (role: Role) => maySubscribe(channel, as(role), null);
    expect((["admin", "dispatcher", "billing", "clinical", "crew"] as const).map(may)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(maySubscribe({ ...channel, agencyId: "theirs" }, as("admin"), null)).toBe(false);
    expect(maySubscribe(channel, as(), null)).toBe(false);
  }
});

test("a trip is followed by the office and by the crew that holds it", () => {
  const stranger = { channelEpoch: 2, isOwn: false };
  expect(
    (["admin", "dispatcher", "billing", "clinical", "crew"] as const).map((role) =>
      maySubscribe(trip, as(role), stranger),
    ),
  ).toEqual([true, true, true, true, false]);
  expect(maySubscribe(trip, as("crew"), { channelEpoch: 2, isOwn: true })).toBe(true);
});

test("a former epoch or a trip that is not there is heard by nobody", () => {
  expect(maySubscribe(trip, as("admin"), { channelEpoch: 3, isOwn: true })).toBe(false);
  expect(maySubscribe(trip, as("admin"), null)).toBe(false);
});
