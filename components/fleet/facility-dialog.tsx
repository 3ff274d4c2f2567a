"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { type UseFormReturn, useForm } from "react-hook-form";
import { useTRPC } from "@/components/lib/trpc";
import { CrewListField } from "@/components/people/crew-list-field";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { USUAL_MODIFIER } from "@/server/domain/fleet/defaults";
import type { Facility } from "@/server/domain/fleet/facility";
import { FACILITY_KINDS, FACILITY_MODIFIERS, FACILITY_STATUSES } from "@/server/domain/fleet/vocabulary";
import { FacilityKindSchema } from "@/server/domain/fleet/vocabulary-schemas";
import { optionsOf } from "./code-words";
import {
  EMPTY_FACILITY,
  FacilityForm,
  type FacilityFormIn,
  type FacilityFormOut,
  facilityValues,
} from "./facility-values";
import { SelectField, TextField } from "./fields";
import { FormDialog } from "./form-dialog";
import { useRemove } from "./use-remove";
import { useRowVersion } from "./use-row-version";
import { useSave } from "./use-save";

type Form = UseFormReturn<FacilityFormIn, unknown, FacilityFormOut>;

/** Adds a facility, or changes one. */
export function FacilityDialog({ facility, onClose }: { facility: Facility | null; onClose: () => void }) {
  const trpc = useTRPC();
  const { version, takeOverInto } = useRowVersion(facility);
  const [removing, setRemoving] = useState(false);
  const create = useMutation(trpc.facilities.create.mutationOptions());
  const edit = useMutation(trpc.facilities.edit.mutationOptions());
  const form: Form = useForm({
    resolver: zodResolver(FacilityForm),
    defaultValues: facility ? facilityValues(facility) : EMPTY_FACILITY,
  });
  const saving = useSave({
    form,
    save: (values) =>
      facility ? edit.mutateAsync({ id: facility.id, version, ...values }) : create.mutateAsync(values),
    said: ({ name }) => `${name} saved`,
    onDone: onClose,
  });
  const takeOver = takeOverInto(form, saving, facilityValues);
  return (
    <>
      <FormDialog
        title={facility ? facility.name : "New facility"}
        form={form}
        saving={saving}
        onTakeOver={takeOver}
        onClose={onClose}
        action={facility ? "Save" : "Add facility"}
        extra={
          facility && (
            <Button variant="danger" onClick={() => setRemoving(true)}>
              Take out of use
            </Button>
          )
        }
      >
        <FacilityFields form={form} />
      </FormDialog>
      {facility && removing && (
        <RemoveFacility facility={facility} onClose={() => setRemoving(false)} onDone={onClose} />
      )}
    </>
  );
}

const MODIFIER_OPTIONS = optionsOf(FACILITY_MODIFIERS, (letter) => letter);

function FacilityFields({ form }: { form: Form }) {
  const takeUsual = (kind: string) => {
    const known = FacilityKindSchema.safeParse(kind).data;
    if (known) form.setValue("modifier", USUAL_MODIFIER[known]);
  };
  const status = form.watch("status");
  return (
    <>
      <TextField form={form} name="name" label="Name" />
      <div className="grid grid-cols-2 gap-3">
        <SelectField form={form} name="kind" label="Kind" options={optionsOf(FACILITY_KINDS)} onPicked={takeUsual} />
        <SelectField form={form} name="modifier" label="Claim letter" optional none="None" options={MODIFIER_OPTIONS} />
      </div>
      <div className="grid grid-cols-[1fr_96px_140px] gap-3">
        <TextField form={form} name="address" label="Address" />
        <TextField form={form} name="zip" label="ZIP" optional />
        <TextField form={form} name="phone" label="Phone" optional />
      </div>
      <div className="grid grid-cols-3 gap-3">
        <TextField form={form} name="lat" label="Latitude of the entrance" inputMode="decimal" />
        <TextField form={form} name="lon" label="Longitude" inputMode="decimal" />
        <TextField form={form} name="geofenceM" label="Arrival radius, m" inputMode="numeric" />
      </div>
      <div className="grid grid-cols-2 gap-3">
        <SelectField form={form} name="status" label="Status" options={optionsOf(FACILITY_STATUSES)} />
        {status !== "open" && <TextField form={form} name="statusReason" label="Why" optional />}
      </div>
      <CrewListField
        form={form}
        name="refusedCrew"
        label="People not sent here"
        listLabel="Not sent here"
        hint="A dispatcher can send them with a reason; a plan does not"
      />
    </>
  );
}

function RemoveFacility({
  facility,
  onClose,
  onDone,
}: {
  facility: Facility;
  onClose: () => void;
  onDone: () => void;
}) {
  const trpc = useTRPC();
  const { mutateAsync } = useMutation(trpc.facilities.deactivate.mutationOptions());
  const removal = useRemove({
    remove: () => mutateAsync({ id: facility.id }),
    said: `${facility.name} taken out of use`,
    onDone,
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Take ${facility.name} out of use`}
      action="Take out of use"
      danger
      {...removal}
    >
      It can&apos;t be chosen for new trips. Trips that go there keep it.
    </ConfirmDialog>
  );
}
