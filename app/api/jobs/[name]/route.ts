import { triggerJob } from "@/server/api/job-trigger";

export const dynamic = "force-dynamic";

const handle = async (request: Request, { params }: { params: Promise<{ name: string }> }) =>
  triggerJob(request, (await params).name);

export { handle as GET, handle as POST };
