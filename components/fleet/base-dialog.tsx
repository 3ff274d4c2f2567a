"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { useTRPC } from "@/components/lib/trpc";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { Base } from "@/server/domain/fleet/base";
import { line } from "@/server/domain/text";
import { TextField } from "./fields";
import { FormDialog } from "./form-dialog";
import { orNothing, TypedLatitude, TypedLongitude } from "./form-values";
import { useRemove } from "./use-remove";
import { useRowVersion } from "./use-row-version";
import { useSave } from "./use-save";

const BaseForm = z.object({
  name: line(120),
  address: orNothing(line(240)),
  lat: TypedLatitude,
  lon: TypedLongitude,
});
const valuesOf = (base: Base | null): z.input<typeof BaseForm> => ({
  name: base?.name ?? "",
  address: base?.address ?? "",
  lat: base ? String(base.lat) : "",
  lon: base ? String(base.lon) : "",
});

/** Adds a base, or changes one. */
export function BaseDialog({ base, onClose }: { base: Base | null; onClose: () => void }) {
  const trpc = useTRPC();
  const { version, takeOverInto } = useRowVersion(base);
  const [removing, setRemoving] = useState(false);
  const create = useMutation(trpc.fleet.bases.create.mutationOptions());
  const edit = useMutation(trpc.fleet.bases.edit.mutationOptions());
  const form = useForm({ resolver: zodResolver(BaseForm), defaultValues: valuesOf(base) });
  const saving = useSave({
    form,
    save: (values) => (base ? edit.mutateAsync({ id: base.id, version, ...values }) : create.mutateAsync(values)),
    said: ({ name }) => `${name} saved`,
    onDone: onClose,
  });
  const takeOver = takeOverInto(form, saving, valuesOf);
  return (
    <>
      <FormDialog
        title={base ? base.name : "New base"}
        form={form}
        saving={saving}
        onTakeOver={takeOver}
        onClose={onClose}
        action={base ? "Save" : "Add base"}
        extra={
          base && (
            <Button variant="danger" onClick={() => setRemoving(true)}>
              Take out of use
            </Button>
          )
        }
      >
        <TextField form={form} name="name" label="Name" />
        <TextField form={form} name="address" label="Address" optional />
        <div className="grid grid-cols-2 gap-3">
          <TextField form={form} name="lat" label="Latitude" inputMode="decimal" />
          <TextField form={form} name="lon" label="Longitude" inputMode="decimal" />
        </div>
      </FormDialog>
      {base && removing && <RemoveBase base={base} onClose={() => setRemoving(false)} onDone={onClose} />}
    </>
  );
}

function RemoveBase({ base, onClose, onDone }: { base: Base; onClose: () => void; onDone: () => void }) {
  const trpc = useTRPC();
  const { mutateAsync } = useMutation(trpc.fleet.bases.deactivate.mutationOptions());
  const removal = useRemove({
    remove: () => mutateAsync({ id: base.id }),
    said: `${base.name} taken out of use`,
    onDone,
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Take ${base.name} out of use`}
      action="Take out of use"
      danger
      {...removal}
    >
      Vehicles and shifts that name it keep it until they are changed.
    </ConfirmDialog>
  );
}
