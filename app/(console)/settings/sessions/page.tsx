import type { Metadata } from "next";
import { SessionsView } from "@/components/people/sessions-view";
import { requirePermission } from "@/server/auth/console";

export const metadata: Metadata = { title: "Sessions" };

export default async function SessionsPage() {
  await requirePermission("users.write");
  return <SessionsView />;
}
