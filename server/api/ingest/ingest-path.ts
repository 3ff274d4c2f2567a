import "server-only";
import { type IngestFormat, isIngestFormat } from "@/server/domain/gps/formats";

export type IngestTarget = { format: IngestFormat; pathTail: string };

const decode = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return part;
    throw error;
  }
};

/** `/api/v1/positions[/token]` and `/api/v1/ingest/{format}[/token]`, with or without a trailing slash. */
export function readIngestPath(path: string): IngestTarget | null {
  const [empty, api, version, area, ...rest] = path.replace(/\/+$/, "").split("/");
  if (empty !== "" || api !== "api" || version !== "v1") return null;
  if (area === "positions" && rest.length <= 1) return { format: "native", pathTail: decode(rest[0] ?? "") };
  const [format = "", tail = ""] = rest;
  const isKnown = area === "ingest" && rest.length <= 2 && format !== "native" && isIngestFormat(format);
  return isKnown ? { format, pathTail: decode(tail) } : null;
}

/** Whether a request is the GPS path's to answer: `GET /positions/…` is not. */
export function isIngestRequest(method: string, url: string): boolean {
  const path = url.split("?", 1)[0] ?? "";
  if (path.startsWith("/api/v1/ingest/")) return true;
  if (/^\/api\/v1\/positions\/*$/.test(path)) return true;
  return method === "POST" && /^\/api\/v1\/positions\/[^/]+\/*$/.test(path);
}
