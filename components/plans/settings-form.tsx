"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { LEVEL_NAMES } from "@/components/fleet/level-names";
import { refusalOf, refusalText } from "@/components/lib/errors";
import { useTRPC } from "@/components/lib/trpc";
import { SettingsSection } from "@/components/people/settings-frame";
import { Chip } from "@/components/ui/badge";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { PlanningSettings, type PlanningSettingsView, USUAL_SETTINGS } from "@/server/domain/plans/settings";
import { LEVELS, type Level } from "@/server/domain/trips/vocabulary";
import { faultsOf, SETTINGS_GROUPS, textAt, withText } from "./settings-fields";

const FIELDS = SETTINGS_GROUPS.flatMap(({ fields }) => fields);
const textsOf = (settings: unknown) => Object.fromEntries(FIELDS.map(({ path }) => [path, textAt(settings, path)]));

function useSettingsForm({ settings, version }: PlanningSettingsView) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const [texts, setTexts] = useState<Record<string, string>>(() => textsOf(settings));
  const [shareRides, setShareRides] = useState(settings.shareRides);
  const [aloneLevels, setAloneLevels] = useState<Level[]>(settings.aloneLevels);
  const [reserve, setReserve] = useState<Record<string, string>>(() =>
    Object.fromEntries(settings.reserve.map(({ baseId, units }) => [baseId, String(units)])),
  );
  const [faults, setFaults] = useState<Record<string, string>>({});
  const reread = () => client.invalidateQueries(trpc.plans.settings.pathFilter());
  const edit = useMutation(
    trpc.plans.editSettings.mutationOptions({
      onSuccess: () => {
        toast("Planning settings saved");
        return reread();
      },
    }),
  );
  const save = () => {
    const units = Object.entries(reserve).filter(([, text]) => text.trim() !== "" && text.trim() !== "0");
    const whole = {
      ...(FIELDS.reduce<unknown>(
        (tree, field) => withText(tree, field, texts[field.path] ?? ""),
        settings,
      ) as PlanningSettings),
      shareRides,
      aloneLevels,
      reserve: units.map(([baseId, text]) => ({ baseId, units: Number(text) })),
    };
    const checked = PlanningSettings.safeParse(whole);
    setFaults(checked.success ? {} : faultsOf(checked.error));
    if (checked.success) edit.mutate({ settings: checked.data, version });
  };
  const usual = () => {
    setTexts(textsOf(USUAL_SETTINGS));
    setShareRides(USUAL_SETTINGS.shareRides);
    setAloneLevels(USUAL_SETTINGS.aloneLevels);
    setReserve({});
    setFaults({});
  };
  const sharing = { shareRides, setShareRides, aloneLevels, setAloneLevels };
  return { texts, setTexts, ...sharing, reserve, setReserve, faults, edit, save, usual, reread };
}

/** The planning settings by group; faults stand at their fields. */
export function SettingsForm({ stored }: { stored: PlanningSettingsView }) {
  const form = useSettingsForm(stored);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        form.save();
      }}
    >
      {SETTINGS_GROUPS.map((group) => (
        <Group key={group.title} group={group} form={form} />
      ))}
      <Reserve values={form.reserve} faults={form.faults} onChange={form.setReserve} />
      <Ending form={form} />
    </form>
  );
}

type FormProps = { form: ReturnType<typeof useSettingsForm> };

function Group({ group: { title, hint, fields }, form }: FormProps & { group: (typeof SETTINGS_GROUPS)[number] }) {
  return (
    <SettingsSection title={title} hint={hint} wide>
      <Fields>
        {fields.map(({ path, label, hint: what }) => (
          <Field key={path} label={label} hint={what} error={form.faults[path]}>
            {(control) => (
              <Input
                {...control}
                inputMode="decimal"
                autoComplete="off"
                value={form.texts[path] ?? ""}
                onValueChange={(text) => form.setTexts((all) => ({ ...all, [path]: text }))}
              />
            )}
          </Field>
        ))}
      </Fields>
      {title === "Rides and shifts" && <Sharing form={form} />}
    </SettingsSection>
  );
}

/** Numbers side by side: as many in a line as there is room for. */
const Fields = ({ children }: { children: ReactNode }) => (
  <div className="grid grid-cols-[repeat(auto-fill,minmax(200px,1fr))] items-start gap-x-4 gap-y-3">{children}</div>
);

/** May riders share, and which levels never do. */
function Sharing({ form: { shareRides, setShareRides, aloneLevels, setAloneLevels } }: FormProps) {
  const toggle = (level: Level) =>
    setAloneLevels(aloneLevels.includes(level) ? aloneLevels.filter((one) => one !== level) : [...aloneLevels, level]);
  return (
    <div className="mt-3 flex flex-col gap-3">
      <Checkbox checked={shareRides} onCheckedChange={setShareRides} label="Riders may share a vehicle" />
      {shareRides && (
        <fieldset className="flex flex-wrap gap-1">
          <legend className="mb-1 text-ink-2 text-label">Levels that ride alone all the same</legend>
          {LEVELS.map((level) => (
            <Chip key={level} pressed={aloneLevels.includes(level)} onClick={() => toggle(level)}>
              {LEVEL_NAMES[level]}
            </Chip>
          ))}
        </fieldset>
      )}
    </div>
  );
}

/** Why it was not saved, and the buttons: always in sight. */
function Ending({ form }: FormProps) {
  const { error, isPending } = form.edit;
  const stale = error !== null && refusalOf(error).reasons.some(({ code }) => code === "stale");
  return (
    <div className="sticky bottom-0 flex items-center gap-2 border-line border-t bg-panel px-4 py-3">
      {error !== null && (
        <Banner
          tone="danger"
          className="rounded-md"
          action={
            stale && (
              <Button size="sm" onClick={() => void form.reread()}>
                Load their version
              </Button>
            )
          }
        >
          {stale ? "Somebody changed this meanwhile." : refusalText(error)}
        </Banner>
      )}
      {Object.keys(form.faults).length > 0 && (
        <span role="alert" className="text-danger">
          Some values can’t be used.
        </span>
      )}
      <div className="flex-1" />
      <Button onClick={form.usual}>Usual values</Button>
      <Button type="submit" variant="primary" busy={isPending}>
        Save
      </Button>
    </div>
  );
}

type ReserveProps = {
  values: Record<string, string>;
  faults: Record<string, string>;
  onChange: (values: Record<string, string>) => void;
};

/** How many emergency units each base keeps free. */
function Reserve({ values, faults, onChange }: ReserveProps) {
  const trpc = useTRPC();
  const bases = useQuery(trpc.fleet.bases.list.queryOptions());
  const faulty = Object.keys(faults).some((path) => path.startsWith("reserve"));
  return (
    <SettingsSection
      title="Emergency units kept free"
      hint="How many of each base. A plan that would take the last ones pays for each that is missing."
      wide
    >
      {bases.data?.length === 0 && <p className="text-ink-2">There is no base yet.</p>}
      <Fields>
        {bases.data?.map(({ id, name }) => (
          <Field
            key={id}
            label={name}
            error={faulty && Number.isNaN(Number(values[id] ?? "0")) ? "a whole number" : undefined}
          >
            {(control) => (
              <Input
                {...control}
                inputMode="numeric"
                autoComplete="off"
                placeholder="0"
                value={values[id] ?? ""}
                onValueChange={(text) => onChange({ ...values, [id]: text })}
              />
            )}
          </Field>
        ))}
      </Fields>
    </SettingsSection>
  );
}
