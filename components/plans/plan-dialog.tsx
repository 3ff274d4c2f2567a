"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { nowMs, useNow } from "@/components/lib/clock";
import { refusalText } from "@/components/lib/errors";
import { useTRPC } from "@/components/lib/trpc";
import { useAgency } from "@/components/lib/viewer";
import { addDaysTo, dayIn } from "@/components/lib/zoned-time";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { NO_QUESTION, type Question, whatIfOf } from "./what-if";
import { WhatIfFields } from "./what-if-fields";

type What = "today" | "tomorrow" | "date";
const WHAT = [
  { value: "today", label: "Rest of today" },
  { value: "tomorrow", label: "Tomorrow" },
  { value: "date", label: "A day" },
] as const;

type Props = { onClose: () => void; onAsked: (planId: string) => void };

/** Asks what to plan. The plan itself is a proposal: nothing changes until somebody accepts it. */
export function PlanDialog({ onClose, onAsked }: Props) {
  const form = usePlanForm(onAsked);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Plan a day"
      description="The planner proposes; nothing changes until you accept it."
      footer={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button variant="primary" type="submit" form={FORM_ID} busy={form.isAsking}>
            Plan
          </Button>
        </>
      }
    >
      <form
        id={FORM_ID}
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          form.submit();
        }}
      >
        {form.error !== null && (
          <Banner tone="danger" className="rounded-md">
            {refusalText(form.error)}
          </Banner>
        )}
        <PlanFields {...form} />
        <WhatIfFields
          question={form.question}
          onChange={form.setQuestion}
          error={form.isTried ? form.whatIfError : undefined}
        />
      </form>
    </Dialog>
  );
}

const FORM_ID = "plan-a-day";

function PlanFields({
  what,
  setWhat,
  today,
  day,
  setDay,
  seconds,
  setSeconds,
  isInvalid,
}: ReturnType<typeof usePlanForm>) {
  return (
    <>
      <Segmented aria-label="What to plan" value={what} onValueChange={setWhat} options={WHAT} className="self-start" />
      {what === "today" && (
        <p className="text-ink-2 text-label">Six hours at least: late in the day, into the night.</p>
      )}
      {what === "date" && (
        <Field label="Day">
          {(control) => <Input {...control} type="date" min={today} value={day} onValueChange={setDay} />}
        </Field>
      )}
      <Field
        label="Seconds to search"
        optional
        hint="As the settings say, if left empty; longer finds shorter ways"
        error={isInvalid ? "1 to 600" : undefined}
      >
        {(control) => (
          <Input {...control} inputMode="numeric" value={seconds} onValueChange={setSeconds} autoComplete="off" />
        )}
      </Field>
    </>
  );
}

function usePlanForm(onAsked: (planId: string) => void) {
  const { timeZone } = useAgency();
  const now = useNow(60_000);
  const today = dayIn(timeZone, new Date(now ?? nowMs()));
  const [what, setWhat] = useState<What>("today");
  const [day, setDay] = useState(addDaysTo(today, 1));
  const [seconds, setSeconds] = useState("");
  const [question, setQuestion] = useState<Question>(NO_QUESTION);
  const { whatIf, error: whatIfError } = whatIfOf(question);
  const [isTried, setIsTried] = useState(false);
  const { ask, error, isAsking } = useAsk(onAsked);
  const date = what === "today" ? undefined : what === "tomorrow" ? addDaysTo(today, 1) : day;
  const count = seconds.trim() === "" ? undefined : Number(seconds);
  const isInvalid = count !== undefined && !(Number.isInteger(count) && count >= 1 && count <= 600);
  const submit = () => {
    setIsTried(true);
    if (isInvalid || whatIf === undefined) return;
    ask({
      ...(date !== undefined && { date }),
      ...(count !== undefined && { seconds: count }),
      ...(whatIf !== null && { whatIf }),
    });
  };
  const asking = { submit, error, isAsking, question, setQuestion, whatIfError, isTried };
  return { what, setWhat, today, day, setDay, seconds, setSeconds, isInvalid, ...asking };
}

function useAsk(onAsked: (planId: string) => void) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const { mutate, error, isPending } = useMutation(
    trpc.plans.request.mutationOptions({
      onSuccess: async (plan) => {
        await client.invalidateQueries(trpc.plans.list.pathFilter());
        onAsked(plan.id);
      },
    }),
  );
  return { ask: mutate, error, isAsking: isPending };
}
