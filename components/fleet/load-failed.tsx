import { refusalText } from "@/components/lib/errors";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";

/** A list that could not be fetched, and a way to try again; nothing when all is well. */
export function LoadFailed({ error, onRetry, what }: { error: unknown; onRetry: () => unknown; what: string }) {
  if (!error) return null;
  return (
    <Banner
      tone="danger"
      action={
        <Button size="sm" onClick={() => void onRetry()}>
          Try again
        </Button>
      }
    >
      {what} could not be loaded. {refusalText(error)}
    </Banner>
  );
}
