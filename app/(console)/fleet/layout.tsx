import type { ReactNode } from "react";
import { FleetFeed } from "@/components/fleet/fleet-feed";

export default function FleetLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <FleetFeed />
      {children}
    </>
  );
}
