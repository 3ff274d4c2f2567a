import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { FieldValues, Path, UseFormReturn } from "react-hook-form";
import { refusalOf, refusalText } from "@/components/lib/errors";
import { useTRPC } from "@/components/lib/trpc";
import { toast } from "@/components/ui/toast";

type Options<Values extends FieldValues, Output> = {
  // biome-ignore format: one line reads better
  form: UseFormReturn<Values, unknown, Output>;
  save: (values: Output) => Promise<unknown>;
  /** Said when it is done: "M12 saved". */
  said: (values: Output) => string;
  onDone: () => void;
};
export type Saving = {
  onSubmit: () => void;
  /** Why it was refused as a whole, for above the buttons. */
  refusal: string | null;
  /** The row as somebody else left it meanwhile; the form can take it over. */
  current: unknown;
  forget: () => void;
};

/** Saves a form: refusals stand at their fields, or above the buttons; what was typed stays. */
export function useSave<Values extends FieldValues, Output>(options: Options<Values, Output>): Saving {
  const { form, save, said, onDone } = options;
  const client = useQueryClient();
  const trpc = useTRPC();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [current, setCurrent] = useState<unknown>(null);

  const submit = form.handleSubmit(async (values) => {
    setRefusal(null);
    try {
      await save(values);
    } catch (error) {
      refuse(error);
      return;
    }
    await Promise.all(
      [trpc.fleet, trpc.facilities, trpc.shifts, trpc.people, trpc.riders].map((area) =>
        client.invalidateQueries(area.pathFilter()),
      ),
    );
    toast(said(values));
    onDone();
  });

  function refuse(error: unknown) {
    const { reasons } = refusalOf(error);
    const stale = reasons.find(({ code }) => code === "stale");
    const fields = Object.keys(form.getValues());
    const placed = reasons.filter(({ path }) => path !== undefined && fields.includes(path.split(".")[0] ?? ""));
    for (const { path, message } of placed) {
      form.setError((path ?? "").split(".")[0] as Path<Values>, { type: "server", message: sentence(message) });
    }
    setCurrent(stale?.current ?? null);
    if (stale) setRefusal("Somebody changed this meanwhile.");
    else if (placed.length < reasons.length || reasons.length === 0) setRefusal(refusalText(error));
  }
  return {
    onSubmit: () => void submit(),
    refusal,
    current,
    forget: () => {
      setRefusal(null);
      setCurrent(null);
    },
  };
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
