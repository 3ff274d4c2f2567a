import { refuseAllBut } from "@/server/api/refuse-method";
import { openApiDocument } from "@/server/api/rest/openapi";
import { routes } from "@/server/api/rest/registry";

export const dynamic = "force-dynamic";

export const GET = () => Response.json(openApiDocument(routes));

export const { DELETE, PATCH, POST, PUT } = refuseAllBut("GET");
