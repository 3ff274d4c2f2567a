import { useMutation } from "@tanstack/react-query";
import { nowMs } from "@/components/lib/clock";
import { refusalText } from "@/components/lib/errors";
import { useTRPC } from "@/components/lib/trpc";
import { useRereadBoard } from "@/components/lib/use-reread-board";
import { toastError } from "@/components/ui/toast";

/** What a dispatcher does about an exception. A refusal is said and stays until read. */
export function useExceptionActions() {
  const trpc = useTRPC();
  const board = useRereadBoard();
  const settled = {
    onSettled: (_done: unknown, _refused: unknown, { id }: { id: string }) => board.row("exceptions", id),
    onError: (error: unknown) => toastError("The exception was not changed", refusalText(error)),
  };
  const acknowledge = useMutation(trpc.exceptions.acknowledge.mutationOptions(settled));
  const snooze = useMutation(trpc.exceptions.snooze.mutationOptions(settled));
  const endSnooze = useMutation(trpc.exceptions.endSnooze.mutationOptions(settled));
  const close = useMutation(trpc.exceptions.close.mutationOptions(settled));
  return {
    acknowledge: (id: string, version: number | undefined) => acknowledge.mutate({ id, version }),
    snooze: (id: string, version: number | undefined, { reason, minutes }: { reason: string; minutes: number }) =>
      snooze.mutate({ id, version, reason, until: new Date(nowMs() + minutes * 60_000) }),
    endSnooze: (id: string, version: number | undefined) => endSnooze.mutate({ id, version }),
    close: (id: string, version: number | undefined) => close.mutate({ id, version }),
  };
}
