import "server-only";
import { checkAuditJob } from "./check-audit";
import { cleanUpJob } from "./clean-up";
import type { Job } from "./define-job";
import { archiveJob, partitionsJob } from "./gps-history";
import { makePlansJob } from "./make-plans";
import { refreshEstimatesJob } from "./refresh-estimates";
import { runSheetsJob } from "./run-sheets";
import { sealAuditJob } from "./seal-audit";
import { sendOutboxJob } from "./send-outbox";
import { watchExceptionsJob } from "./watch-exceptions";

/** Every job: run by the worker on its own schedule, or by `POST /api/jobs/{name}`. */
export const jobs: readonly Job[] = [
  sendOutboxJob,
  watchExceptionsJob,
  refreshEstimatesJob,
  sealAuditJob,
  checkAuditJob,
  cleanUpJob,
  partitionsJob,
  archiveJob,
  runSheetsJob,
  makePlansJob,
];

export const findJob = (name: string): Job | undefined => jobs.find((job) => job.name === name);
