import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * The file that solver threads run. In a build it lies beside the process's own file; from source (tests, scripts) it is
 * the one that goes through the loader.
 */
export function threadEntry(): string {
  const built = fileURLToPath(new URL("solver-thread.mjs", import.meta.url));
  return existsSync(built) ? built : fileURLToPath(new URL("solver-thread-from-source.mjs", import.meta.url));
}
