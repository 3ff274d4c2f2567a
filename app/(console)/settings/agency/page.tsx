import type { Metadata } from "next";
import { AgencyView } from "@/components/people/agency-view";
import { requirePermission } from "@/server/auth/console";

export const metadata: Metadata = { title: "Agency" };

export default async function AgencyPage() {
  await requirePermission("agency.write");
  return <AgencyView />;
}
