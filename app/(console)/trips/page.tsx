import type { Metadata } from "next";
import { TripsPage } from "@/components/trips/trips-page";
import { requirePermission } from "@/server/auth/console";

export const metadata: Metadata = { title: "Trips" };

export default async function Trips() {
  await requirePermission("trips.read");
  return <TripsPage />;
}
