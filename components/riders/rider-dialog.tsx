"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import { type UseFormReturn, useForm } from "react-hook-form";
import { optionsOf } from "@/components/fleet/code-words";
import { SelectField, TextField } from "@/components/fleet/fields";
import { FormDialog } from "@/components/fleet/form-dialog";
import { useRowVersion } from "@/components/fleet/use-row-version";
import { useSave } from "@/components/fleet/use-save";
import { refusalText } from "@/components/lib/errors";
import { useTRPC } from "@/components/lib/trpc";
import { CrewListField } from "@/components/people/crew-list-field";
import { LEVEL_SHORT } from "@/components/trips/trip-words";
import { Dialog } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import type { AppRouter } from "@/server/api/root";
import { LEVELS } from "@/server/domain/trips/vocabulary";
import { PairsField } from "./pairs-field";
import {
  aboardOptions,
  RiderForm,
  type RiderFormIn,
  type RiderFormOut,
  riderFieldsOf,
  riderValues,
} from "./rider-values";

type Rider = inferRouterOutputs<AppRouter>["riders"]["get"];
type Form = UseFormReturn<RiderFormIn, unknown, RiderFormOut>;
type Props = { riderId: string; onClose: () => void };

/** A rider's card: who it is, and how they ride. It takes effect in trips that are booked already. */
export function RiderDialog({ riderId, onClose }: Props) {
  const trpc = useTRPC();
  const { data: rider, error } = useQuery(trpc.riders.get.queryOptions({ id: riderId }, { gcTime: 0, retry: false }));
  if (rider) return <RiderCard rider={rider} onClose={onClose} />;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Rider">
      {error ? <p role="alert">{refusalText(error)}</p> : <Skeleton className="w-2/3" />}
    </Dialog>
  );
}

function RiderCard({ rider, onClose }: { rider: Rider; onClose: () => void }) {
  const trpc = useTRPC();
  const { version, takeOverInto } = useRowVersion(rider);
  const edit = useMutation(trpc.riders.edit.mutationOptions());
  const form: Form = useForm({ resolver: zodResolver(RiderForm), defaultValues: riderValues(rider) });
  const saving = useSave({
    form,
    save: (values) => edit.mutateAsync({ id: rider.id, version, ...riderFieldsOf(values) }),
    said: () => "Rider saved",
    onDone: onClose,
  });
  return (
    <FormDialog
      title="Rider"
      description="Holds for trips that are booked already, too."
      form={form}
      saving={saving}
      onTakeOver={takeOverInto(form, saving, riderValues)}
      onClose={onClose}
      action="Save"
    >
      <RiderFields form={form} riderId={rider.id} />
    </FormDialog>
  );
}

const LEVEL_OPTIONS = optionsOf(LEVELS, (level) => LEVEL_SHORT[level]);

function RiderFields({ form, riderId }: { form: Form; riderId: string }) {
  const stored = form.formState.defaultValues?.mostAboard ?? null;
  return (
    <>
      <div className="grid grid-cols-[1fr_140px] gap-3">
        <TextField form={form} name="name" label="Name" />
        <TextField form={form} name="phone" label="Phone" optional />
      </div>
      <div className="grid grid-cols-3 items-end gap-3">
        <SelectField form={form} name="defaultLevel" label="Usual level" optional none="None" options={LEVEL_OPTIONS} />
        <SelectField
          form={form}
          name="mostAboard"
          label="Shares the vehicle"
          none="As usual"
          options={aboardOptions(stored)}
        />
        <TextField form={form} name="maxRideMinutes" label="Longest ride, min" optional inputMode="numeric" />
      </div>
      <CrewListField
        form={form}
        name="preferredCrew"
        label="Prefers to drive with"
        listLabel="Preferred"
        hint="Ranked and planned first"
      />
      <CrewListField
        form={form}
        name="refusedCrew"
        label="Does not drive with"
        listLabel="Refused"
        hint="Never planned; a dispatcher can send them with a reason"
      />
      <PairsField form={form} riderId={riderId} />
      <TextField form={form} name="notes" label="Notes" optional />
    </>
  );
}
