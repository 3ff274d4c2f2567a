import "server-only";
import { exceptionsRouter } from "./routers/exceptions";
import { jobsRouter } from "./routers/jobs";
import { router } from "./trpc";

/** Every procedure of the console, one router per area. */
export const appRouter = router({
  exceptions: exceptionsRouter,
  jobs: jobsRouter,
});

export type AppRouter = typeof appRouter;
