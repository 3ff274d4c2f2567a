import "server-only";
import { apiKeyRoutes } from "./api-keys";
import { authRoutes } from "./auth";
import { baseRoutes } from "./bases";
import { deviceRoutes } from "./devices";
import { facilityRoutes } from "./facilities";
import { incidentRoutes } from "./incidents";
import { compileRoutes } from "./kit/match";
import type { Route } from "./kit/route";
import { meRoutes } from "./me";
import { placeRoutes } from "./places";
import { planRoutes } from "./plans";
import { positionRoutes } from "./positions";
import { realtimeRoutes } from "./realtime";
import { riderRoutes } from "./riders";
import { shiftRoutes } from "./shifts";
import { stopRoutes } from "./stops";
import { tripRoutes } from "./trips";
import { userRoutes } from "./users";
import { vehicleRoutes } from "./vehicles";

/**
 * Every route of `/api/v1`: feeds the matcher, validation, the OpenAPI document and the permission table in the docs.
 * Ingest and probes are mounted beside it: phones and load balancers speak their own formats.
 */
export const routes: readonly Route[] = [
  ...authRoutes,
  ...userRoutes,
  ...apiKeyRoutes,
  ...baseRoutes,
  ...facilityRoutes,
  ...vehicleRoutes,
  ...shiftRoutes,
  ...stopRoutes,
  ...meRoutes,
  ...riderRoutes,
  ...tripRoutes,
  ...incidentRoutes,
  ...deviceRoutes,
  ...placeRoutes,
  ...planRoutes,
  ...positionRoutes,
  ...realtimeRoutes,
];

export const matchRoute = compileRoutes(routes);
