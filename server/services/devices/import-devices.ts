import "server-only";
import { insertDevices, labelsInUse } from "@/db/queries/devices";
import { usersByEmails } from "@/db/queries/people";
import { vehiclesByNo } from "@/db/queries/vehicles";
import type { Tx } from "@/db/types";
import { actorUserId, type Ctx } from "@/server/context";
import { DEVICE_FILE_COLUMNS, DeviceLine } from "@/server/domain/csv/device-line";
import type { ReadRow, RowReason } from "@/server/domain/csv/read-table";
import { osmandUrl, owntracksUrl } from "@/server/domain/devices/pairing";
import { newId } from "@/server/ids";
import { hashToken, newToken } from "@/server/security/tokens";
import {
  type ImportInput,
  type ImportResult,
  importLines,
  takenReasons,
  tooManyReasons,
} from "@/server/services/csv/import-lines";
import { write } from "@/server/services/unit-of-work";
import { DEVICE_PREFIX } from "./create-device";
import { publicUrl } from "./describe-pairing";

/** As many as one statement takes without trouble. */
const MOST_AT_ONCE = 2_000;
const labelOf = (value: DeviceLine) => value.label;

export type PairedDevice = { label: string; belongsTo: string; token: string; osmandUrl: string; owntracksUrl: string };
export type DevicesImported = ImportResult & {
  /** One for each imported row; the tokens are in this answer, and nowhere afterwards. */
  paired: PairedDevice[];
};

/** Pairs the devices of a file with vehicles and people, all of them or none. */
export const importDevices = (ctx: Ctx, input: ImportInput): Promise<DevicesImported> =>
  write(ctx, async (tx, uow) => {
    const { agencyId } = ctx.actor;
    const paired: PairedDevice[] = [];
    let owners: Owners = { vehicles: new Map(), people: new Map() };
    const result = await importLines<DeviceLine>(input, {
      columns: DEVICE_FILE_COLUMNS,
      schema: DeviceLine,
      unique: { column: "label", keyOf: labelOf },
      judge: async (rows) => {
        owners = await findOwners(tx, agencyId, rows);
        const taken = new Set(
          await labelsInUse(
            tx,
            agencyId,
            rows.map(({ value }) => value.label),
          ),
        );
        return [
          ...takenReasons(rows, "label", labelOf, taken),
          ...rows.flatMap((row) => ownerReasons(row, owners)),
          ...tooManyReasons(rows, MOST_AT_ONCE),
        ];
      },
      store: async (values) => {
        const rows = values.map((value) => {
          const token = newToken(DEVICE_PREFIX);
          paired.push({ ...shownOnce(token), label: value.label, belongsTo: value.vehicle ?? value.email ?? "" });
          return deviceRow(ctx, value, token, owners);
        });
        await insertDevices(tx, rows);
        for (const { id } of rows) uow.audit({ action: "device.create", entity: "device", entityId: id });
      },
    });
    return { ...result, paired };
  });

const shownOnce = (token: string) => {
  const address = { baseUrl: publicUrl(), token };
  return { token, osmandUrl: osmandUrl(address), owntracksUrl: owntracksUrl(address) };
};

type Owners = { vehicles: ReadonlyMap<string, string>; people: ReadonlyMap<string, string> };

async function findOwners(tx: Tx, agencyId: string, rows: readonly ReadRow<DeviceLine>[]): Promise<Owners> {
  const vehicles = await vehiclesByNo(
    tx,
    agencyId,
    rows.flatMap(({ value }) => value.vehicle ?? []),
  );
  const people = await usersByEmails(
    tx,
    agencyId,
    rows.flatMap(({ value }) => value.email ?? []),
  );
  return {
    vehicles: new Map(vehicles.map(({ vehicleNo, id }) => [vehicleNo, id])),
    people: new Map(people.filter((user) => user.deactivatedAt === null).map(({ email, id }) => [email, id])),
  };
}

function ownerReasons({ row, value: { vehicle, email } }: ReadRow<DeviceLine>, owners: Owners): RowReason[] {
  if (vehicle !== undefined && !owners.vehicles.has(vehicle))
    return [{ row, column: "vehicle", code: "unknown", message: "there is no such vehicle" }];
  if (email !== undefined && !owners.people.has(email))
    return [{ row, column: "email", code: "unknown", message: "there is nobody with this e-mail" }];
  return [];
}

const deviceRow = ({ actor }: Ctx, value: DeviceLine, token: string, { vehicles, people }: Owners) => ({
  agencyId: actor.agencyId,
  id: newId(),
  label: value.label,
  vehicleId: vehicles.get(value.vehicle ?? "") ?? null,
  userId: people.get(value.email ?? "") ?? null,
  tokenHash: hashToken(token),
  speedUnit: value.speedUnit ?? ("auto" as const),
  settings: value.intervalS === undefined ? {} : { intervalS: value.intervalS },
  createdBy: actorUserId(actor) ?? null,
});
