import "server-only";
import { router } from "./trpc";

/** Every procedure of the console, one router per area. */
export const appRouter = router({});

export type AppRouter = typeof appRouter;
