import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { refusalOf, refusalText } from "@/components/lib/errors";
import { plural } from "@/components/lib/format";
import { useTRPC } from "@/components/lib/trpc";
import { useRereadBoard } from "@/components/lib/use-reread-board";
import { toast, toastError } from "@/components/ui/toast";

export type Chosen = { shiftIds?: string[]; tripIds?: string[] };
/** What is about to be accepted, and how it reads in a question. */
export type Asked = { chosen: Chosen; what: string } | null;

/** Accepts a proposal or parts of it, or declines it. What was refused is kept until the next try. */
export function useDecide(planId: string) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const board = useRereadBoard();
  const [refused, setRefused] = useState<string[]>([]);
  const reread = () => Promise.all([client.invalidateQueries(trpc.plans.pathFilter()), board.all()]);
  const apply = useMutation(
    trpc.plans.accept.mutationOptions({
      onSuccess: ({ applied, units, refused: parts }) => {
        setRefused(parts.flatMap(({ reasons }) => reasons.map(({ message }) => message)));
        toast(`${applied.length > 0 ? plural(applied.length, "trip") : plural(units.length, "unit")} as planned`);
        return reread();
      },
      onError: (error) => {
        const { message, reasons } = refusalOf(error);
        setRefused(reasons.length > 0 ? reasons.map((one) => one.message) : [message]);
        return reread();
      },
    }),
  );
  const reject = useMutation(
    trpc.plans.reject.mutationOptions({
      onSuccess: () => {
        toast("The plan was declined");
        return reread();
      },
      onError: (error) => toastError("The plan was not declined", refusalText(error)),
    }),
  );
  return {
    refused,
    forget: () => setRefused([]),
    isDeciding: apply.isPending || reject.isPending,
    accept: (chosen: Chosen, skipStale: boolean, done: () => void) =>
      apply.mutate({ planId, ...chosen, skipStale }, { onSettled: done }),
    decline: (done: () => void) => reject.mutate({ planId }, { onSettled: done }),
  };
}
