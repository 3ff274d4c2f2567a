import { env } from "@/server/env";
import { serveTile, tileFile } from "@/server/integrations/tiles/serve-tile";

export const dynamic = "force-dynamic";

/** Map tiles from our own file, so that nobody else learns where people look. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ z: string; x: string; y: string }> },
): Promise<Response> {
  return serveTile(tileFile(env()), await params, request.headers);
}
