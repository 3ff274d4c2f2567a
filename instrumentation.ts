/** Next calls this once per server process: also under plain `next start`. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startProcess } = await import("@/server/start");
  startProcess();
}
