import { allowed, router } from "@/server/api/trpc";
import { listJobs } from "@/server/services/jobs/list-jobs";
import { RetryDeadLetterInput, retryDeadLetter } from "@/server/services/jobs/retry-dead-letter";

export const jobsRouter = router({
  list: allowed("jobs.read").query(({ ctx }) => listJobs(ctx)),
  retry: allowed("jobs.retry")
    .input(RetryDeadLetterInput)
    .mutation(({ ctx, input }) => retryDeadLetter(ctx, input)),
});
