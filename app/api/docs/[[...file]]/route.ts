import { docsFile } from "@/server/api/docs";
import { refuseAllBut } from "@/server/api/refuse-method";

export async function GET(_request: Request, { params }: { params: Promise<{ file?: string[] }> }) {
  const { file = [] } = await params;
  return (await docsFile(file.join("/"))) ?? new Response("not found", { status: 404 });
}

export const { DELETE, PATCH, POST, PUT } = refuseAllBut("GET");
