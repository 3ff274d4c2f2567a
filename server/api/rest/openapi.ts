import "server-only";
import { z } from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import { PERMISSIONS } from "@/server/domain/people/permissions";
import { HTTP_STATUS } from "@/server/errors";
import { besidePaths, besideSecurity } from "./beside";
import type { Route } from "./kit/route";

const ErrorBody = z
  .object({
    error: z.object({
      code: z.enum(Object.keys(HTTP_STATUS) as [string, ...string[]]),
      message: z.string(),
      reasons: z.array(
        z.object({
          path: z.string().optional(),
          code: z.string(),
          message: z.string(),
          current: z.unknown().optional(),
        }),
      ),
    }),
  })
  .meta({ id: "Error" });

const errorAnswer = (description: string) => ({ description, content: { "application/json": { schema: ErrorBody } } });

/** Who may call a route, in words: from the permission table. */
function access(route: Route): string {
  if (route.permission === "public") return "Anybody.";
  const grant: { roles: readonly string[]; scopes?: readonly string[] } = PERMISSIONS[route.permission];
  const scopes = grant.scopes ? ` API key scopes: ${grant.scopes.join(" or ")}.` : "";
  return `Roles: ${grant.roles.join(", ")}.${scopes}`;
}

const pathParams = (route: Route) =>
  z.object(Object.fromEntries([...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => [name, z.string()])));

/** A query as it is sent: what a schema makes of it is not the caller's business. */
function queryObject(query: z.ZodType | undefined): z.ZodObject | undefined {
  if (query instanceof z.ZodPipe && query.in instanceof z.ZodType) return queryObject(query.in);
  return query instanceof z.ZodObject ? query : undefined;
}

/** `POST /trips/{id}/no-show` is `postTripsByIdNoShow`: for those who make a client of the document. */
const operationId = ({ method, path }: Route): string =>
  `${method.toLowerCase()}/${path}`
    .replaceAll(/\{(\w)(\w*)\}/g, (_, first: string, rest: string) => `by-${first}${rest}`)
    .replaceAll(/[^A-Za-z0-9]+([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());

function operation(route: Route): ZodOpenApiOperationObject {
  const status = String(route.status ?? 200) as "200";
  const files = Object.fromEntries((route.files ?? []).map((media) => [media, {}]));
  const content = route.response ? { content: { "application/json": { schema: route.response }, ...files } } : {};
  const query = queryObject(route.query);
  return {
    operationId: operationId(route),
    summary: route.summary,
    description: access(route),
    tags: [route.path.split("/")[1] ?? "other"],
    security: route.permission === "public" ? [] : [{ bearer: [] }],
    requestParams: { path: pathParams(route), ...(query && { query }) },
    ...(route.body && { requestBody: { content: { "application/json": { schema: route.body } } } }),
    responses: {
      [status]: { description: route.summary, ...content },
      default: errorAnswer("What went wrong, field by field"),
    },
  };
}

/** The OpenAPI 3.1 document: `/api/v1` made from the registry, and what stands beside it. */
export function openApiDocument(routes: readonly Route[]) {
  const paths: ZodOpenApiPathsObject = { ...besidePaths };
  for (const route of routes) {
    const path = `/api/v1${route.path}`;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return createDocument({
    openapi: "3.1.0",
    info: { title: "Runboard", version: "1", description: "Dispatch console for medical transportation: REST API." },
    security: [{ bearer: [] }],
    components: { securitySchemes: { bearer: { type: "http", scheme: "bearer" }, ...besideSecurity } },
    paths,
  });
}
