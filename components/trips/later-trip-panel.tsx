import { later } from "@/components/lib/later";
import { DockedPanel } from "@/components/ui/docked-panel";
import { Skeleton } from "@/components/ui/skeleton";

/** The panel of a trip, fetched after the page; an address may ask for it at once. */
export const LaterTripPanel = later(() => import("./trip-panel").then((part) => part.TripPanel), Waiting);

function Waiting({ onClose }: { onClose: () => void }) {
  return (
    <DockedPanel title="Trip" onClose={onClose}>
      <Skeleton className="m-3 w-2/3" />
    </DockedPanel>
  );
}
