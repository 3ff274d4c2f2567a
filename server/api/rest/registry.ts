import "server-only";
import { compileRoutes } from "./kit/match";
import type { Route } from "./kit/route";

/**
 * Every route of `/api/v1`: feeds the matcher, validation, the OpenAPI document and the permission table in the docs.
 * Ingest and probes are mounted beside it: phones and load balancers speak their own formats.
 */
export const routes: readonly Route[] = [];

export const matchRoute = compileRoutes(routes);
