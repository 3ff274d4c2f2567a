import { docsFile } from "@/server/api/docs";

export async function GET(_request: Request, { params }: { params: Promise<{ file?: string[] }> }) {
  const { file = [] } = await params;
  return (await docsFile(file.join("/"))) ?? new Response("not found", { status: 404 });
}
