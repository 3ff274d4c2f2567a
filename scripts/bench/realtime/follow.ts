import { createHmac } from "node:crypto";
import WebSocket from "ws";
import { z } from "zod";

export type Credentials = { key: string; secret: string };
const Frame = z.object({ event: z.string(), channel: z.string().optional(), data: z.unknown() });
const Established = z.object({ socket_id: z.string() });
/** The protocol carries data as JSON within JSON. */
const parsed = (data: unknown): unknown => (typeof data === "string" ? JSON.parse(data) : data);

/**
 * One subscriber of many channels over the protocol itself.
 * @param url - of the console, whose port passes realtime on
 * @returns once every channel is joined: how to leave
 */
export function follow(
  url: string,
  { key, secret }: Credentials,
  channels: readonly string[],
  onEvent: (channel: string, event: string, data: unknown) => void,
): Promise<() => void> {
  const socket = new WebSocket(
    `${url.replace(/^http/, "ws")}/app/${key}?protocol=7&client=bench&version=1&flash=false`,
  );
  return new Promise((resolve, reject) => {
    let waiting = channels.length;
    socket.on("error", reject);
    socket.on("message", (message: Buffer) => {
      const { event, channel = "", data } = Frame.parse(JSON.parse(message.toString("utf8")));
      if (event === "pusher:connection_established") {
        const { socket_id: id } = Established.parse(parsed(data));
        for (const name of channels) {
          const auth = `${key}:${createHmac("sha256", secret).update(`${id}:${name}`).digest("hex")}`;
          socket.send(JSON.stringify({ event: "pusher:subscribe", data: { channel: name, auth } }));
        }
      } else if (event === "pusher_internal:subscription_succeeded") {
        waiting -= 1;
        if (waiting === 0) resolve(() => socket.close());
      } else if (event === "pusher:error" || event === "pusher:subscription_error") {
        reject(new Error(`realtime: ${JSON.stringify(data)}`));
      } else if (event === "pusher:ping") {
        socket.send(JSON.stringify({ event: "pusher:pong", data: {} }));
      } else onEvent(channel, event, parsed(data));
    });
  });
}
