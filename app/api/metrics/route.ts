import { metricsText } from "@/server/api/probes";

export const dynamic = "force-dynamic";

export const GET = (request: Request) => metricsText(request);
