import "server-only";
import path from "node:path";
import type { Ctx } from "@/server/context";
import { printHtml } from "@/server/domain/runsheets/print-html";
import { RUN_SHEET_AHEAD_MS, RUN_SHEET_KEPT_MS, RUN_SHEETS_KEPT } from "@/server/domain/runsheets/run-sheet";
import { env } from "@/server/env";
import { setName, sheetFolder } from "@/server/integrations/runsheets/sheet-folder";
import { seal } from "@/server/security/keys";
import { collectRunSheets } from "./collect-run-sheets";

const folder = () => sheetFolder(path.resolve(env().RUNBOARD_DATA, "runsheets"));

/**
 * Writes the run sheets of one agency, a sealed page of HTML per unit, where `npm run runsheets:open` finds them when
 * the database is gone. Bound to its place, so that a sheet cannot be passed off as another's.
 */
export async function writeRunSheets(ctx: Ctx): Promise<void> {
  const sheets = await collectRunSheets(ctx, RUN_SHEET_AHEAD_MS);
  const { agencyId, madeAt } = sheets;
  const sealed = sheets.sheets.map((sheet) => {
    const name = `${sheet.shiftId ?? "without-unit"}.sheet`;
    const rowId = `${agencyId}/${setName(madeAt)}/${name}`;
    return { name, text: seal({ table: "runsheets", column: "html", rowId }, printHtml(sheets, sheet)) ?? "" };
  });
  await folder().write(agencyId, madeAt, sealed);
}

/** Removes what is too old or too much: these pages name riders. */
export const pruneRunSheets = (now: Date): Promise<void> =>
  folder().prune({ most: RUN_SHEETS_KEPT, oldest: new Date(now.getTime() - RUN_SHEET_KEPT_MS) });
