/** A fix as a track file shows it. */
export type TrackPoint = {
  takenAt: string;
  lat: number;
  lon: number;
  altitudeM: number | null;
  speedMps: number | null;
  headingDeg: number | null;
  accuracyM: number | null;
};

/** GeoJSON (RFC 7946): one point feature per fix, ascending by time. */
export const toGeoJson = (points: readonly TrackPoint[]) => ({
  type: "FeatureCollection" as const,
  features: points.map(({ lat, lon, altitudeM, ...properties }) => ({
    type: "Feature" as const,
    geometry: { type: "Point" as const, coordinates: altitudeM === null ? [lon, lat] : [lon, lat, altitudeM] },
    properties: { ...properties, altitudeM },
  })),
});

/** GPX 1.1: one track with one segment. Every value is a number or a time of ours, so nothing needs escaping. */
export function toGpx(points: readonly TrackPoint[]): string {
  const trackPoints = points.map(({ lat, lon, altitudeM, takenAt }) => {
    const elevation = altitudeM === null ? "" : `<ele>${altitudeM}</ele>`;
    return `<trkpt lat="${lat}" lon="${lon}">${elevation}<time>${takenAt}</time></trkpt>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<gpx version="1.1" creator="Runboard" xmlns="http://www.topografix.com/GPX/1/1">',
    "<trk><trkseg>",
    ...trackPoints,
    "</trkseg></trk>",
    "</gpx>\n",
  ].join("\n");
}
