import { triggerJob } from "@/server/api/job-trigger";
import { refuseAllBut } from "@/server/api/refuse-method";

export const dynamic = "force-dynamic";

const handle = async (request: Request, { params }: { params: Promise<{ name: string }> }) =>
  triggerJob(request, (await params).name);

export { handle as GET, handle as POST };

export const { DELETE, PATCH, PUT } = refuseAllBut("GET", "POST");
