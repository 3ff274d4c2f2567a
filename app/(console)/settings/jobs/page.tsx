import type { Metadata } from "next";
import { JobsView } from "@/components/jobs/jobs-view";
import { requirePermission } from "@/server/auth/console";

export const metadata: Metadata = { title: "Jobs" };

export default async function JobsPage() {
  await requirePermission("jobs.read");
  return <JobsView />;
}
