// Holds many subscribers, one private channel each in turn: `node hold.mjs PORT KEY COUNT PREFIX CHANNELS`, secret in BENCH_PUSHER_SECRET.
// Sends `{joined}` when all are in, and `{latenciesMs}` when asked.
import { createHmac } from "node:crypto";
import WebSocket from "ws";

const [port, key, count, prefix, channels] = process.argv.slice(2);
const secret = process.env.BENCH_PUSHER_SECRET ?? "";
/** @type {number[]} */
const latenciesMs = [];
let joined = 0;
let begun = 0;

/** @returns {Promise<void>} when it has joined, or could not */
const join = () =>
  new Promise((resolve) => {
    const channel = `${prefix}${begun++ % Number(channels)}`;
    const socket = new WebSocket(`ws://127.0.0.1:${port}/app/${key}?protocol=7&client=bench&version=1&flash=false`, {
      perMessageDeflate: false,
    });
    socket.on("error", () => resolve());
    socket.on("message", (/** @type {Buffer} */ message) => {
      const text = message.toString("utf8");
      const sentAt = /\\"t\\":([\d.]+)/.exec(text)?.[1];
      if (sentAt) {
        latenciesMs.push(performance.timeOrigin + performance.now() - Number(sentAt));
        return;
      }
      const frame = JSON.parse(text);
      if (frame.event === "pusher:connection_established") {
        const id = JSON.parse(frame.data).socket_id;
        const auth = `${key}:${createHmac("sha256", secret).update(`${id}:${channel}`).digest("hex")}`;
        socket.send(JSON.stringify({ event: "pusher:subscribe", data: { channel, auth } }));
      } else if (frame.event === "pusher_internal:subscription_succeeded") {
        joined += 1;
        resolve();
      }
    });
  });

for (let left = Number(count); left > 0; left -= 200) {
  await Promise.all(Array.from({ length: Math.min(200, left) }, join));
}
process.on("message", () => process.send?.({ latenciesMs }));
process.on("disconnect", () => process.exit(0));
process.send?.({ joined });
