import { register } from "tsx/esm/api";

// Threads do not inherit the loader of the process that starts them.
register();
await import("./solver-thread.ts");
