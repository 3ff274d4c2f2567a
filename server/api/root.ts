import "server-only";
import { agencyRouter } from "./routers/agency";
import { auditRouter } from "./routers/audit";
import { boardRouter } from "./routers/board";
import { devicesRouter } from "./routers/devices";
import { driveRouter } from "./routers/drive";
import { exceptionsRouter } from "./routers/exceptions";
import { facilitiesRouter } from "./routers/facilities";
import { fleetRouter } from "./routers/fleet";
import { incidentsRouter } from "./routers/incidents";
import { jobsRouter } from "./routers/jobs";
import { peopleRouter } from "./routers/people";
import { placesRouter } from "./routers/places";
import { plansRouter } from "./routers/plans";
import { positionsRouter } from "./routers/positions";
import { realtimeRouter } from "./routers/realtime";
import { ridersRouter } from "./routers/riders";
import { sessionRouter } from "./routers/session";
import { shiftsRouter } from "./routers/shifts";
import { tripsRouter } from "./routers/trips";
import { router } from "./trpc";

/** Every procedure of the console, one router per area. */
export const appRouter = router({
  agency: agencyRouter,
  audit: auditRouter,
  board: boardRouter,
  devices: devicesRouter,
  drive: driveRouter,
  exceptions: exceptionsRouter,
  facilities: facilitiesRouter,
  fleet: fleetRouter,
  incidents: incidentsRouter,
  jobs: jobsRouter,
  riders: ridersRouter,
  people: peopleRouter,
  positions: positionsRouter,
  places: placesRouter,
  plans: plansRouter,
  realtime: realtimeRouter,
  session: sessionRouter,
  shifts: shiftsRouter,
  trips: tripsRouter,
});

export type AppRouter = typeof appRouter;
