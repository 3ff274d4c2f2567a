import type { VehicleType } from "@/server/domain/fleet/vocabulary";
import type { Level } from "@/server/domain/trips/vocabulary";

/** A truck of the demo fleet; what is left out is usual for its type. */
export type DemoVehicle = {
  vehicleNo: string;
  callSign: string;
  type: VehicleType;
  levels?: Level[];
  outOfServiceReason?: string;
};

const series = (
  letter: string,
  first: number,
  count: number,
  vehicle: { from: number; type: VehicleType; levels?: Level[] },
): DemoVehicle[] =>
  Array.from({ length: count }, (_, i) => ({
    vehicleNo: String(vehicle.from + i),
    callSign: `${letter}${first + i}`,
    type: vehicle.type,
    ...(vehicle.levels && { levels: vehicle.levels }),
  }));

/** Forty trucks: paramedic, basic and critical-care ambulances, wheelchair and stretcher vans, cars. */
export const DEMO_VEHICLES: readonly DemoVehicle[] = [
  ...series("M", 11, 8, { from: 101, type: "ambulance", levels: ["stretcher", "bls", "als"] }),
  ...series("A", 31, 9, { from: 131, type: "ambulance", levels: ["stretcher", "bls"] }),
  ...series("C", 51, 2, { from: 151, type: "ambulance", levels: ["stretcher", "bls", "als", "sct"] }),
  ...series("W", 21, 12, { from: 221, type: "wheelchair_van" }),
  ...series("S", 14, 4, { from: 314, type: "stretcher_van" }),
  ...series("V", 61, 3, { from: 461, type: "car" }),
  { vehicleNo: "140", callSign: "Bariatric Support East 1", type: "ambulance", levels: ["stretcher", "bls"] },
  { vehicleNo: "199", callSign: "Spare 1", type: "ambulance", outOfServiceReason: "Brakes, back on Friday" },
];

export const OTHER_VEHICLES: readonly DemoVehicle[] = [
  ...series("R", 1, 2, { from: 1, type: "ambulance", levels: ["stretcher", "bls", "als"] }),
  ...series("T", 7, 2, { from: 7, type: "wheelchair_van" }),
];

const NAMES = [
  "Amara Okonkwo",
  "Beatriz Salcedo",
  "Cormac Delaney",
  "Dilnoza Karimova",
  "Ewan McAllister",
  "Fatima Haddad",
  "Giulia Ferraro",
  "Henrik Solberg",
  "Imani Brooks",
  "Jasper Whitlock",
  "Keiko Tanabe",
  "Lucien Archambault",
  "Maria-Fernanda Konstantinopoulos-Wetherington",
  "Nadia Petrov",
  "Omar Benitez",
  "Priya Raghunathan",
  "Rosalind Achterberg",
  "Stefan Kowalczyk",
  "Thandiwe Mokoena",
  "Ulysses Grantham",
  "Vera Lindholm",
  "Wendell Boone",
];
/** Crew beside the twenty that are there to sign in with. */
export const MORE_CREW = NAMES.map((name, i) => ({
  email: `crew${i + 21}@demo.test`,
  name,
  roles: ["crew" as const],
}));

const onTruck = (callSign: string, ...crew: number[]) => ({
  callSign,
  crew: crew.map((n) => `crew${n}@demo.test`),
});
/** Who rides together today: an ambulance and a stretcher van take two. */
export const DEMO_CREWS: readonly { callSign: string; crew: string[] }[] = [
  onTruck("M12", 1, 2),
  onTruck("M11", 3, 4),
  onTruck("A31", 5, 6),
  onTruck("A32", 7, 8),
  onTruck("S14", 9, 10),
  onTruck("W21", 11),
  onTruck("W22", 12),
  onTruck("W23", 13),
  onTruck("W24", 14),
  onTruck("V61", 15),
  onTruck("C51", 16, 17),
  onTruck("W25", 18),
  onTruck("W26", 19),
  onTruck("V62", 20),
  onTruck("M13", 21, 22),
  onTruck("M14", 23, 24),
  onTruck("A33", 25, 26),
  onTruck("A34", 27, 28),
  onTruck("A35", 29, 30),
  onTruck("S15", 31, 32),
  onTruck("W27", 33),
  onTruck("W28", 34),
  onTruck("Bariatric Support East 1", 35, 36),
  onTruck("M15", 37, 38),
  onTruck("W29", 39),
  onTruck("A36", 40, 41),
];
