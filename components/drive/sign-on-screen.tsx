"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { refusalText } from "@/components/lib/errors";
import { formatDay, formatTime } from "@/components/lib/format";
import { useTRPC } from "@/components/lib/trpc";
import { useAgency } from "@/components/lib/viewer";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Manifest } from "./kept-manifest";

/** Before the shift: what it is, and one button to sign on. */
export function SignOnScreen({ manifest, onChanged }: { manifest: Manifest; onChanged: () => void }) {
  const { shift } = manifest;
  if (!shift) {
    return (
      <main className="flex flex-1 flex-col justify-center gap-2 p-6 text-center">
        <p className="font-semibold">You have no shift in the next hours.</p>
        <p className="text-ink-2">Ask dispatch to put you on one. This page finds it by itself.</p>
      </main>
    );
  }
  return <SignOn shift={shift} onChanged={onChanged} />;
}

function SignOn({ shift, onChanged }: { shift: NonNullable<Manifest["shift"]>; onChanged: () => void }) {
  const trpc = useTRPC();
  const { timeZone, distanceUnit } = useAgency();
  const [odometer, setOdometer] = useState("");
  const signOn = useMutation(trpc.shifts.signOn.mutationOptions({ onSuccess: onChanged }));
  const [from, to] = [new Date(shift.startsAt), new Date(shift.endsAt)];
  const reading = odometer.trim() === "" ? undefined : Number(odometer);
  return (
    <main className="flex flex-1 flex-col gap-4 p-4">
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2">
        <dt className="text-ink-2">Shift</dt>
        <dd>
          {formatDay(from, timeZone)}, {formatTime(from, timeZone)} to {formatTime(to, timeZone)}
        </dd>
        <dt className="text-ink-2">Truck</dt>
        <dd>{shift.vehicleNo}</dd>
        <dt className="text-ink-2">Crew</dt>
        <dd>{shift.crewNames.join(", ")}</dd>
      </dl>
      <Field label={`Odometer in ${distanceUnit}`} optional>
        {(control) => (
          <Input
            {...control}
            inputMode="decimal"
            value={odometer}
            onChange={(event) => setOdometer(event.currentTarget.value)}
            className="h-12 text-touch"
          />
        )}
      </Field>
      {signOn.isError && (
        <p role="alert" className="text-danger">
          {refusalText(signOn.error)}
        </p>
      )}
      <Button
        variant="primary"
        className="mt-auto h-16 text-[20px]"
        busy={signOn.isPending}
        disabled={reading !== undefined && !Number.isFinite(reading)}
        onClick={() => signOn.mutate({ id: shift.id, ...(reading !== undefined && { odometer: reading }) })}
      >
        Sign on {shift.callSign}
      </Button>
    </main>
  );
}
