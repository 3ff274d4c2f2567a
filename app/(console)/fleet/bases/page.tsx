import type { Metadata } from "next";
import { BasesView } from "@/components/fleet/bases-view";

export const metadata: Metadata = { title: "Bases" };

export default function BasesPage() {
  return <BasesView />;
}
