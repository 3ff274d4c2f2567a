import { expect, test } from "vitest";
import { PositionFrame } from "./channel-events";
import { agencyChannel, parseChannelName, positionsChannel, tripChannel } from "./channels";

const ID = "018f3a5e-7c11-7b3a-9c55-0123456789ab";

test("each channel name reads back as what it was made of", () => {
  expect(parseChannelName(agencyChannel(ID))).toEqual({ kind: "agency", agencyId: ID });
  expect(parseChannelName(tripChannel(ID, 7))).toEqual({ kind: "trip", tripId: ID, epoch: 7 });
  expect(parseChannelName(positionsChannel(ID, 6, "all"))).toEqual({
    kind: "positions",
    agencyId: ID,
    res: 6,
    cell: "all",
  });
  expect(parseChannelName(positionsChannel(ID, 6, "862aacaafffffff"))).toMatchObject({ cell: "862aacaafffffff" });
});

test.each([
  "private-agency.",
  `private-agency.${ID}.x`,
  `presence-agency.${ID}`,
  `private-agency.${ID.toUpperCase()}`,
  `private-trip.${ID}`,
  `private-trip.${ID}.-1`,
  `private-pos.${ID}.6.everything`,
  `x private-agency.${ID}`,
  "",
])("%s is no channel of ours", (name) => {
  expect(parseChannelName(name)).toBe(null);
});

test("a frame is what api.md shows and nothing looser", () => {
  const frame = { seq: 4, t: 1_760_000_000_000, v: [["101", -7_661_219, 3_929_038, 270, 89, 3]], gone: ["7"] };
  expect(PositionFrame.parse(frame)).toEqual(frame);
  expect(PositionFrame.safeParse({ ...frame, v: [["101", 1.5, 2, 0, 0, 0]] }).success).toBe(false);
});
