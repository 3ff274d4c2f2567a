import type { Metadata } from "next";
import { IncidentsPage } from "@/components/incidents/incidents-page";
import { requirePermission } from "@/server/auth/console";

export const metadata: Metadata = { title: "Incidents" };

export default async function Incidents() {
  await requirePermission("incidents.read");
  return <IncidentsPage />;
}
