import { type Flavor, namedFlavor } from "@protomaps/basemaps";

export type MapTheme = "light" | "dark";
/** What the basemap is coloured with: the library's flavour, and what it has no word for. */
export type BasemapColors = {
  flavor: Flavor;
  builtUp: string;
  lakeLabel: string;
  poiLabel: string;
  hospitalLabel: string;
  shieldFill: string;
  shieldLine: string;
  shieldText: string;
};

const roads = (minor: string, major: string, highway: string, casing: string, highwayCasing: string) => ({
  other: minor,
  minor_service: minor,
  minor_a: minor,
  minor_b: minor,
  link: highway,
  major,
  highway,
  minor_service_casing: casing,
  minor_casing: casing,
  link_casing: highwayCasing,
  major_casing_early: casing,
  major_casing_late: casing,
  highway_casing_early: highwayCasing,
  highway_casing_late: highwayCasing,
  bridges_other: minor,
  bridges_minor: minor,
  bridges_link: highway,
  bridges_major: major,
  bridges_highway: highway,
  bridges_other_casing: casing,
  bridges_minor_casing: casing,
  bridges_link_casing: highwayCasing,
  bridges_major_casing: casing,
  bridges_highway_casing: highwayCasing,
});

/** Greenery and public ground, calm enough for marks to stand on. */
const ground = (
  park: string,
  wood: string,
  hospital: string,
  industrial: string,
  school: string,
  airfield: string,
) => ({
  park_a: park,
  park_b: park,
  wood_a: wood,
  wood_b: wood,
  scrub_a: park,
  scrub_b: park,
  zoo: park,
  hospital,
  industrial,
  school,
  pedestrian: school,
  aerodrome: airfield,
  military: airfield,
});

const light = (): BasemapColors => ({
  flavor: {
    ...namedFlavor("light"),
    ...roads("#ffffff", "#ffffff", "#f6d79b", "#dcdedf", "#d9ae62"),
    ...ground("#d3e5cb", "#c9dec3", "#efe5e4", "#e4e5ea", "#ece6da", "#e3e5ea"),
    background: "#f1f1ee",
    earth: "#f1f1ee",
    water: "#b5d2e8",
    buildings: "#d4d1ca",
    runway: "#c9ccd3",
    railway: "#a3a8b0",
    boundaries: "#9a8fae",
    roads_label_minor: "#6a7079",
    roads_label_major: "#545b66",
    roads_label_minor_halo: "#ffffff",
    roads_label_major_halo: "#ffffff",
    subplace_label: "#7d8590",
    subplace_label_halo: "#f3f3f0",
    city_label: "#2f3742",
    city_label_halo: "#f7f7f5",
    address_label: "#868c95",
    address_label_halo: "#f1f1ee",
  },
  builtUp: "#e8e8e4",
  lakeLabel: "#4c7ba6",
  poiLabel: "#66717e",
  hospitalLabel: "#a2454e",
  shieldFill: "#ffffff",
  shieldLine: "#a9b0ba",
  shieldText: "#4d5662",
});

const dark = (): BasemapColors => ({
  flavor: {
    ...namedFlavor("dark"),
    ...roads("#293545", "#384657", "#675b41", "#0d131b", "#0d131b"),
    ...ground("#12231d", "#11211d", "#211c24", "#161d27", "#1a2027", "#171e29"),
    background: "#0f151d",
    earth: "#0f151d",
    water: "#0a2234",
    buildings: "#1c2531",
    runway: "#2a3442",
    railway: "#3d4958",
    boundaries: "#5d5674",
    roads_label_minor: "#7c8998",
    roads_label_major: "#93a0b0",
    roads_label_minor_halo: "#0f151d",
    roads_label_major_halo: "#0f151d",
    subplace_label: "#6f7d8e",
    subplace_label_halo: "#0f151d",
    city_label: "#c2ccd8",
    city_label_halo: "#0d131b",
    address_label: "#5d6a79",
    address_label_halo: "#0f151d",
  },
  builtUp: "#131c27",
  lakeLabel: "#527d9f",
  poiLabel: "#76859a",
  hospitalLabel: "#c0838c",
  shieldFill: "#1b2430",
  shieldLine: "#4a586b",
  shieldText: "#a9b6c6",
});

/** The colours of one theme. */
export const basemapColors = (theme: MapTheme): BasemapColors => (theme === "dark" ? dark() : light());
