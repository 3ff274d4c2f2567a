import { z } from "zod";
import { orNothing, typedNumber } from "@/components/fleet/form-values";
import { CrewList, LONGEST_RIDE_MIN, PairRuleSchema } from "@/server/domain/riders/riding-rules";
import { line, prose } from "@/server/domain/text";
import { LevelSchema } from "@/server/domain/trips/vocabulary-schemas";

const Minutes = typedNumber(z.int().min(5).max(LONGEST_RIDE_MIN), `Minutes, from 5 to ${LONGEST_RIDE_MIN}`);

/** The rider's card: text as it is typed in, what the API takes out. */
export const RiderForm = z.object({
  name: line(200),
  phone: orNothing(line(40)),
  notes: orNothing(prose(2_000)),
  defaultLevel: LevelSchema.nullable(),
  preferredCrew: CrewList,
  refusedCrew: CrewList,
  mostAboard: z
    .string()
    .nullable()
    .transform((text) => (text === null ? null : Number(text))),
  maxRideMinutes: z.union([z.literal("").transform(() => null), Minutes]),
  pairs: z.array(z.object({ riderId: z.uuid(), name: z.string(), rule: PairRuleSchema })).max(20),
});
export type RiderFormIn = z.input<typeof RiderForm>;
export type RiderFormOut = z.output<typeof RiderForm>;

type Rider = Pick<
  RiderFormOut,
  "name" | "phone" | "notes" | "defaultLevel" | "preferredCrew" | "refusedCrew" | "pairs"
> & {
  mostAboard: number | null;
  maxRideMinutes: number | null;
};

export const riderValues = (rider: Rider): RiderFormIn => ({
  name: rider.name,
  phone: rider.phone ?? "",
  notes: rider.notes ?? "",
  defaultLevel: rider.defaultLevel,
  preferredCrew: rider.preferredCrew,
  refusedCrew: rider.refusedCrew,
  mostAboard: rider.mostAboard === null ? null : String(rider.mostAboard),
  maxRideMinutes: rider.maxRideMinutes === null ? "" : String(rider.maxRideMinutes),
  pairs: rider.pairs,
});

/** What the API takes: pairs without the names they are shown with. */
export const riderFieldsOf = ({ pairs, ...fields }: RiderFormOut) => ({
  ...fields,
  pairs: pairs.map(({ riderId, rule }) => ({ riderId, rule })),
});

const OTHERS = [1, 2, 3, 4, 5];
/** How many may be aboard, as people say it; another number that is stored is offered too. */
export const aboardOptions = (stored: string | null) =>
  [...new Set([...OTHERS.map(String), ...(stored === null ? [] : [stored])])].map((value) => ({
    value,
    label: value === "1" ? "Rides alone" : `With ${Number(value) - 1} at most`,
  }));
