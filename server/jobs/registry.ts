import "server-only";
import { cleanUpJob } from "./clean-up";
import type { Job } from "./define-job";
import { sealAuditJob } from "./seal-audit";
import { sendOutboxJob } from "./send-outbox";

/** Every job: run by the worker on its own schedule, or by `POST /api/jobs/{name}`. */
export const jobs: readonly Job[] = [sendOutboxJob, sealAuditJob, cleanUpJob];

export const findJob = (name: string): Job | undefined => jobs.find((job) => job.name === name);
