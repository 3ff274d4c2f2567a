import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { refusalText } from "@/components/lib/errors";
import { useTRPC } from "@/components/lib/trpc";
import { toast } from "@/components/ui/toast";

/** Takes something out of use after a question; a refusal stays beside the question. */
export function useRemove({
  remove,
  said,
  onDone,
}: {
  remove: () => Promise<unknown>;
  said: string;
  onDone: () => void;
}) {
  const client = useQueryClient();
  const trpc = useTRPC();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const run = async () => {
    setBusy(true);
    setError(null);
    try {
      await remove();
      await Promise.all(
        [trpc.fleet, trpc.facilities, trpc.shifts, trpc.people].map((area) =>
          client.invalidateQueries(area.pathFilter()),
        ),
      );
      toast(said);
      onDone();
    } catch (failure) {
      setError(refusalText(failure));
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, onConfirm: () => void run() };
}
