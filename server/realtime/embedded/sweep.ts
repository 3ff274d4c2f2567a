import type { App } from "./app";
import { CLOSE, refuse, send } from "./connections";
import type { Limits } from "./limits";

/** Asks silent clients for a sign of life and drops those that gave none; forgets sockets that closed long ago. */
export function sweepConnections(app: App, limits: Limits, nowMs: number) {
  for (const [id, atMs] of app.closed) {
    if (nowMs - atMs < limits.closedMemoryS * 1000) break;
    app.closed.delete(id);
  }
  for (const connection of app.connections.values()) {
    if (connection.pingedAtMs !== null) {
      if (nowMs - connection.pingedAtMs < limits.pongTimeoutS * 1000) continue;
      refuse(connection.ws, CLOSE.noPong, "Pong reply not received in time");
      connection.ws.terminate();
    } else if (nowMs - connection.lastSeenMs >= limits.activityTimeoutS * 1000) {
      connection.pingedAtMs = nowMs;
      send(connection.ws, { event: "pusher:ping", data: "{}" });
    }
  }
}
