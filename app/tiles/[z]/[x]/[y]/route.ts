import { env } from "@/server/env";
import { serveTile, tileFile } from "@/server/integrations/tiles/serve-tile";

export const dynamic = "force-dynamic";

/** Map tiles from our own file, so that nobody else learns where people look. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ z: string; x: string; y: string }> },
): Promise<Response> {
  // Next drops `Content-Encoding` from what a route answers, so a packed tile would arrive unreadable.
  const headers = new Headers(request.headers);
  headers.delete("accept-encoding");
  return serveTile(tileFile(env()), await params, headers);
}
