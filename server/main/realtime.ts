import { readServerConfig, type ServerConfig } from "@/server/realtime/embedded/config";
import { RealtimeServer } from "@/server/realtime/embedded/server";
import { report } from "./report";

/** The embedded realtime server as a process of its own: prints `ready`, ends on SIGTERM or SIGINT. */
async function main() {
  const config = readConfigOrExit();
  const server = new RealtimeServer(config, report("realtime server: unexpected error"));
  const port = await server.listen();
  console.log(`realtime server ready on ${config.host}:${port}`);

  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    server.close().then(
      () => process.exit(0),
      (error: unknown) => {
        report("realtime server: could not stop cleanly")(error);
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

function readConfigOrExit(): ServerConfig {
  try {
    return readServerConfig(process.env);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

main().catch((error: unknown) => {
  report("realtime server: could not start")(error);
  process.exit(1);
});
