import type { Metadata } from "next";
import { MapLoader } from "@/components/map/map-loader";
import { requirePermission } from "@/server/auth/console";

export const metadata: Metadata = { title: "Map" };

export default async function LiveMapPage() {
  await requirePermission("positions.read");
  return <MapLoader />;
}
