import { env } from "@/server/env";

/** Ends with exit code 1 and one line when the environment is not complete; runs before the processes are started. */
try {
  env();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
