import "server-only";
import { exceptionsRouter } from "./routers/exceptions";
import { facilitiesRouter } from "./routers/facilities";
import { fleetRouter } from "./routers/fleet";
import { jobsRouter } from "./routers/jobs";
import { realtimeRouter } from "./routers/realtime";
import { ridersRouter } from "./routers/riders";
import { shiftsRouter } from "./routers/shifts";
import { router } from "./trpc";

/** Every procedure of the console, one router per area. */
export const appRouter = router({
  exceptions: exceptionsRouter,
  facilities: facilitiesRouter,
  fleet: fleetRouter,
  jobs: jobsRouter,
  riders: ridersRouter,
  realtime: realtimeRouter,
  shifts: shiftsRouter,
});

export type AppRouter = typeof appRouter;
