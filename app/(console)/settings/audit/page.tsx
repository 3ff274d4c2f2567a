import type { Metadata } from "next";
import { AuditView } from "@/components/people/audit-view";
import { requirePermission } from "@/server/auth/console";

export const metadata: Metadata = { title: "Audit" };

export default async function AuditPage() {
  await requirePermission("audit.read");
  return <AuditView />;
}
