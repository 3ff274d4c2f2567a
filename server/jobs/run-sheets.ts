import { RUN_SHEET_EVERY_S } from "@/server/domain/runsheets/run-sheet";
import { pruneRunSheets, writeRunSheets } from "@/server/services/runsheets/write-run-sheets";
import { defineJob } from "./define-job";
import { forEachAgency } from "./run-job";

export const runSheetsJob = defineJob({
  name: "run-sheets",
  priority: "normal",
  everyS: RUN_SHEET_EVERY_S,
  run: async (ctx) => {
    // Also when a sheet cannot be written: what is too old must go.
    await pruneRunSheets(ctx.now);
    await forEachAgency(ctx, "run-sheets", writeRunSheets);
  },
});
