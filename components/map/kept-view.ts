import type { MapView } from "./map-canvas";

const STORAGE = "runboard.map.view";

/** Where this window's map was left, or null. */
export function keptView(): MapView | null {
  const [lng, lat, zoom] = (sessionStorage.getItem(STORAGE) ?? "").split(" ").map(Number);
  return lng !== undefined && lat !== undefined && zoom !== undefined && Number.isFinite(lng + lat + zoom)
    ? { center: [lng, lat], zoom }
    : null;
}

export const keepView = ({ center, zoom }: MapView) => sessionStorage.setItem(STORAGE, [...center, zoom].join(" "));
