import type { Metadata } from "next";
import { PlanningSettingsView } from "@/components/plans/settings-view";
import { requirePermission } from "@/server/auth/console";

export const metadata: Metadata = { title: "Planning" };

export default async function PlanningPage() {
  await requirePermission("planning.settings");
  return <PlanningSettingsView />;
}
