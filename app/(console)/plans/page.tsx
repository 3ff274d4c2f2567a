import type { Metadata } from "next";
import { PlansPage } from "@/components/plans/plans-page";
import { requirePermission } from "@/server/auth/console";

export const metadata: Metadata = { title: "Plans" };

export default async function Plans() {
  await requirePermission("plans.read");
  return <PlansPage />;
}
