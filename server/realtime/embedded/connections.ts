import { WebSocket } from "ws";
import type { Connection } from "./app";
import type { RealtimeMetrics } from "./metrics";

/** Close codes of the Pusher protocol: 40xx stay away, 41xx come back later, 42xx come back at once. */
export const CLOSE = {
  unknownApp: 4001,
  badPath: 4005,
  unsupportedProtocol: 4007,
  notAuthorized: 4009,
  overCapacity: 4100,
  serverClosing: 4200,
  noPong: 4201,
  refusedMessage: 4301,
} as const;

export type Message = { event: string; channel?: string; data?: unknown; user_id?: string };

export const send = (ws: WebSocket, message: Message) => {
  if (ws.readyState === WebSocket.OPEN) ws.send(JSON.stringify(message));
};

/** Says what was wrong with the last message; the connection stays. */
export const sendError = (ws: WebSocket, code: number | null, message: string) =>
  send(ws, { event: "pusher:error", data: { code, message } });

/** Says why, then closes with the same code. */
export function refuse(ws: WebSocket, code: number, message: string) {
  sendError(ws, code, message);
  ws.close(code, message);
}

/**
 * Writes one prepared frame. A reader with too much unread is cut off rather than skipped: after its reconnection it
 * refetches, whereas a skipped event would be a silent gap.
 */
export function deliver(to: Connection, frame: Buffer, unreadBytes: number, metrics: RealtimeMetrics) {
  if (to.ws.readyState !== WebSocket.OPEN) return;
  if (to.socket.writableLength > unreadBytes) {
    metrics.slowReadersTotal++;
    to.ws.terminate();
    return;
  }
  to.socket.write(frame);
  metrics.deliveriesTotal++;
  metrics.deliveredBytesTotal += frame.length;
}
