import { once } from "node:events";
import type { MessagePort } from "node:worker_threads";
import { layDay } from "@/server/domain/planning/laid-day";
import type { FromLay, LayTask, ToLay } from "./messages";

/** The life of a thread that lays a day out, and reads back what the search found: both take long on a full day. */
export async function runLayThread({ day }: LayTask, port: MessagePort): Promise<void> {
  const tell = (message: FromLay) => port.postMessage(message);
  const asked = once(port, "message");
  const { read, ...laid } = layDay(day);
  tell({ kind: "laid", laid });
  const [{ routes }] = (await asked) as [ToLay];
  tell({ kind: "read", read: read(routes) });
  port.close();
}
