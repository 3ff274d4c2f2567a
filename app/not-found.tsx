import Link from "next/link";
import { EmptyState } from "@/components/ui/empty-state";

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState
        title="Not found"
        action={
          <Link href="/board" className="text-accent underline">
            Go to the board
          </Link>
        }
      >
        It may have been removed, or belongs to another agency.
      </EmptyState>
    </main>
  );
}
