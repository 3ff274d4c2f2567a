"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";
import { SelectField, TextField } from "@/components/fleet/fields";
import { useSave } from "@/components/fleet/use-save";
import { useTRPC } from "@/components/lib/trpc";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import type { Agency } from "@/server/domain/people/agency";
import type { AgencyOutput, AgencyValues } from "./agency-rules";

const UNITS = [
  { value: "mi", label: "Miles" },
  { value: "km", label: "Kilometres" },
];

function useAgencyForm(agency: Agency) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const router = useRouter();
  const edit = useMutation(trpc.agency.edit.mutationOptions());
  const { name, timeZone, distanceUnit, lockAfterS, idleTimeoutS, version } = agency;
  const form = useForm<AgencyValues, unknown, AgencyOutput>({
    // The rules are asked when somebody saves, and are fetched by then.
    resolver: async (...asked) => (await import("./agency-rules")).resolve(...asked),
    defaultValues: {
      name,
      timeZone,
      distanceUnit,
      lockMinutes: String(Math.round(lockAfterS / 60)),
      idleHours: String(Math.max(1, Math.round(idleTimeoutS / 3600))),
    },
  });
  const saving = useSave({
    form,
    save: async ({ lockMinutes, idleHours, ...rest }) => {
      await edit.mutateAsync({ version, ...rest, lockAfterS: lockMinutes * 60, idleTimeoutS: idleHours * 3600 });
      await client.invalidateQueries(trpc.agency.pathFilter());
    },
    said: (values) => `${values.name} saved`,
    onDone: () => router.refresh(),
  });
  const takeOver = () => {
    saving.forget();
    void client.invalidateQueries(trpc.agency.pathFilter());
  };
  return { form, saving, takeOver };
}

/** Changes the agency. */
export function AgencyForm({ agency }: { agency: Agency }) {
  const { form, saving, takeOver } = useAgencyForm(agency);
  return (
    <form
      noValidate
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        saving.onSubmit();
      }}
    >
      {saving.refusal && (
        <Banner
          tone="danger"
          className="rounded-md"
          action={
            saving.current !== null && (
              <Button size="sm" onClick={takeOver}>
                Load their version
              </Button>
            )
          }
        >
          {saving.refusal}
        </Banner>
      )}
      <TextField form={form} name="name" label="Name" />
      <TextField form={form} name="timeZone" label="Time zone" hint="As in America/Chicago" />
      <SelectField form={form} name="distanceUnit" label="Distances" options={UNITS} />
      <TextField
        form={form}
        name="lockMinutes"
        label="Lock a console after, minutes"
        hint="0 never locks by itself"
        inputMode="numeric"
      />
      <TextField
        form={form}
        name="idleHours"
        label="Sign out after, hours without activity"
        hint="Holds from the next sign-in on"
        inputMode="numeric"
      />
      <Button type="submit" variant="primary" className="self-start" busy={form.formState.isSubmitting}>
        Save
      </Button>
    </form>
  );
}
