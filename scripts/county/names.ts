import { hash2, type Random } from "./random";

const WORDS =
  "Alder Ash Aspen Beech Birch Briar Brook Canter Cedar Chester Clay Clear Cliff Cold Cooper Cran Crest Dell Elm Ever Fair Fern Field Fox Glen Gold Green Hart Haw Hazel Heath High Holly Kings Lake Laurel Lin Lock Maple Marsh Meadow Mill North Oak Pine Quarry Raven Red Ridge River Rose Rush Sand Shel Spring Stan Stone Summer Sycamore Thorn Wal Water West White Wild Willow Win Wood".split(
    " ",
  );
const ENDS = "ton ford dale field mont view hurst wood brook land ley more well wick".split(" ");
const PLAIN =
  "Halden Mercer Quincy Fillmore Grant Hawthorn Iris Jackson Kenmore Madison Norwood Orchard Prescott Sheridan Talbot Underhill Vernon Wabash Yarrow Ashland Bellamy Calhoun Dunmore Easton Fenwick Garrison Hollis Ingram Jasper Kirkland Lowell Monroe Adams Barlow Cullen Dawson Emerson Foster Gideon Harlan Irving Keller Lawson Mason Nolan Osborne Parker Ramsey Sutton Tucker Upton Vance Walker Yates Abbott Benton Carver Decker Ellis Forrest".split(
    " ",
  );
const CURVY_FIRST =
  "Fox Quail Heron Pheasant Deer Eagle Falcon Otter Badger Bluebird Cardinal Finch Sparrow Wren Kestrel Hickory Walnut Juniper Magnolia Chestnut Cottonwood Sumac Tamarack Hemlock Bramble Clover Thistle Sage Lavender Primrose Copper Silver Amber Granite Flint Sandstone Timber Prairie Harvest Orchard Whisper Morning Autumn Winter Lantern Saddle Carriage Colonial".split(
    " ",
  );
const CURVY_SECOND =
  "Hollow Run Ridge Creek Glen Trace Bend Meadow Crossing Point Knoll Grove Valley Chase Bluff Hill".split(" ");
const PEOPLE =
  "Abernathy Bancroft Caldwell Delaney Ellsworth Fairbanks Gallagher Hathaway Jennings Kincaid Langley Merritt Nightingale Overton Pemberton Radcliffe Stanton Thornbury Vaughn Whitaker".split(
    " ",
  );

/** A fixed, repeatable shuffle of every compound name ("Ashford", "Brookdale"). */
const COMPOUNDS: readonly string[] = WORDS.flatMap((w) => ENDS.map((e) => w + e))
  .filter((name) => !/(.)\1\1|woodwood|fieldfield|brookbrook|wellwell/i.test(name))
  .map((name, i) => ({ name, order: hash2(i, 17, 5) }))
  .toSorted((a, b) => a.order - b.order)
  .map(({ name }) => name);

/** 1 -> "1st", 12 -> "12th", 23 -> "23rd". */
export function ordinal(n: number): string {
  const teens = n % 100 > 10 && n % 100 < 14;
  return n + (teens ? "th" : (["th", "st", "nd", "rd"][n % 10] ?? "th"));
}

/** Name of the n-th avenue west (negative) or east of Central Ave, counted in sixteenths of a mile. */
export function avenueName(k: number): string {
  const ordinalIndex = Math.abs(k) * 2 + (k < 0 ? 1 : 0);
  if (k % 8 === 0) return PLAIN[((Math.abs(k) / 8) * 2 + (k < 0 ? 1 : 0)) % PLAIN.length] ?? "Halden";
  return COMPOUNDS[ordinalIndex % COMPOUNDS.length] ?? "Ashford";
}

/** Hands out street names of winding neighbourhoods; never the same name twice within one ZIP code. */
export class NamePool {
  private readonly used = new Set<string>();
  constructor(private readonly random: Random) {}

  take(zip: string, suffixes: readonly string[]): string {
    for (let attempt = 0; ; attempt++) {
      const name = `${this.stem()} ${suffixes[Math.floor(this.random() * suffixes.length)] ?? "Dr"}`;
      const key = `${zip}|${name}`;
      if (this.used.has(key) && attempt < 60) continue;
      this.used.add(key);
      return name;
    }
  }

  private stem(): string {
    const choose = (list: readonly string[]) => list[Math.floor(this.random() * list.length)] ?? "Oak";
    const kind = this.random();
    if (kind < 0.5) return `${choose(CURVY_FIRST)} ${choose(CURVY_SECOND)}`;
    return kind < 0.9 ? choose(COMPOUNDS) : choose(PEOPLE);
  }
}
