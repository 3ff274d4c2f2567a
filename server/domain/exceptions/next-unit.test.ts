import { expect, test } from "vitest";
import { nextUnitDetail, nextUnitOf, sameOffer } from "./next-unit";

const M12 = { shiftId: "s", callSign: "M12", etaS: 300 };

test("an offer is read as it was written; nobody and not looked yet are told apart", () => {
  expect(nextUnitOf(nextUnitDetail(M12))).toEqual(M12);
  expect(nextUnitOf(nextUnitDetail(null))).toBeNull();
  expect(nextUnitOf({ minutesLate: 3 })).toBeUndefined();
});

test("an offer is another one when the unit differs or its way does by a minute", () => {
  expect(sameOffer(M12, { ...M12, etaS: 340 })).toBe(true);
  expect(sameOffer(M12, { ...M12, etaS: 360 })).toBe(false);
  expect(sameOffer(M12, { ...M12, shiftId: "t" })).toBe(false);
  expect(sameOffer(M12, { ...M12, etaS: null })).toBe(false);
  expect([sameOffer(null, null), sameOffer(undefined, null), sameOffer(M12, null)]).toEqual([true, false, false]);
});
