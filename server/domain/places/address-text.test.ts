import { describe, expect, test } from "vitest";
import { misspellings, parseAddressQuery, prefixQuery, streetText } from "./address-text";
import { nameScore, placeHouse } from "./rank";

describe("what was typed", () => {
  test.each([
    ["121 main", 121, ["main"]],
    ["121 East Main Street, Marlow", 121, ["e", "main", "st", "marlow"]],
    ["4660 n. kingsmore st apt 12b", 4660, ["n", "kingsmore", "st"]],
    ["1024B Halden", 1024, ["halden"]],
    ["halden avenue 55", 55, ["halden", "ave"]],
    ["8th st", null, ["8th", "st"]],
    ["Eighth Street", null, ["8th", "st"]],
    ["St. Clare", null, ["st", "clare"]],
    ["   ", null, []],
  ])("%s", (q, houseNumber, words) => {
    expect(parseAddressQuery(q)).toMatchObject({ houseNumber, words, crossing: null });
  });

  test.each(["S 8th & Halden", "s 8th and halden", "s 8th/halden", "S. 8th at Halden"])("%s is a crossing", (q) => {
    expect(parseAddressQuery(q)).toMatchObject({ words: ["s", "8th"], crossing: ["halden"] });
  });

  test("one half of a crossing is still a street", () => {
    expect(parseAddressQuery("main &").crossing).toBeNull();
  });
});

test("spellings of one street are one", () => {
  expect(streetText("North Halden Avenue")).toBe(streetText("N. Halden Ave"));
  expect(streetText("O'Neil Boulevard")).toBe("oneil blvd");
});

test("a full-text query holds nothing but letters, digits and its own operators", () => {
  expect(prefixQuery(["e", "main"])).toBe("e:* & main:*");
  expect(prefixQuery(["ma'in|!(", "8th"])).toBe("main:* & 8th:*");
  expect(misspellings("mian")).toContain("main");
  expect(misspellings("haldden")).toContain("halden");
  expect(misspellings("8th")).toEqual(["8th"]);
});

test("a whole word beats a beginning, and an unsaid word costs", () => {
  const score = (name: string) => nameScore(["main"], { name, place: "Marlow" });
  expect(score("E Main St")).toBeGreaterThan(score("Mainland Ct"));
  expect(score("E Main St")).toBeGreaterThan(score("Main Harbor St"));
});

describe("a house number", () => {
  const low = { number: 100, lon: -89.4, lat: 40.6 };
  const high = { number: 120, lon: -89.3, lat: 40.6 };
  test("that exists is where it is", () =>
    expect(placeHouse(100, low, high)).toMatchObject({ lon: -89.4, how: "exact" }));
  test("between two houses lies between them", () => {
    const placed = placeHouse(110, low, high);
    expect(placed?.how).toBe("interpolated");
    expect(placed?.lon).toBeCloseTo(-89.35, 9);
  });
  test("just past the last house is at it", () =>
    expect(placeHouse(130, high, null)).toMatchObject({ lon: -89.3, how: "nearby" }));
  test("far from every house is nowhere", () => {
    expect(placeHouse(900, high, null)).toBeNull();
    expect(placeHouse(500, low, { ...high, number: 900 })).toBeNull();
    expect(placeHouse(5, null, null)).toBeNull();
  });
});
