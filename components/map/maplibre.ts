import { setWorkerUrl } from "maplibre-gl";

// Under a bundler the worker must be named, or the map stays empty without a word.
setWorkerUrl(new URL("maplibre-gl/dist/maplibre-gl-worker.mjs", import.meta.url).toString());

export type {
  ExpressionSpecification,
  GeoJSONSource,
  LayerSpecification,
  LngLatBoundsLike,
  MapLayerMouseEvent,
  MapMouseEvent,
  PointLike,
  StyleSpecification,
} from "maplibre-gl";
export { AttributionControl, LngLatBounds, Map as MapLibreMap, NavigationControl, ScaleControl } from "maplibre-gl";
