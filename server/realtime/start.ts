import "server-only";
import { randomUUID } from "node:crypto";
import { listen } from "@/db/listen";
import { POSITIONS_MOVED } from "@/db/queries/position-leases";
import { database } from "@/server/database";
import { env } from "@/server/env";
import { readPusherConfig } from "@/server/integrations/pusher/config";
import { createPublisher, type RealtimePublisher } from "@/server/integrations/pusher/publisher";
import { describeError, log } from "@/server/log";
import { committedPosition } from "@/server/replicas";
import { singleton } from "@/server/singleton";
import { setEndConnectionsPort } from "./end-connections";
import { PositionPublisher } from "./position-publisher";
import { postgresPositionPorts } from "./postgres-position-ports";
import { type SendEvents, setRealtimePort } from "./publish";

/** This process's way to the realtime server. */
export const realtimePublisher = (): RealtimePublisher =>
  singleton("realtime-publisher", () => createPublisher(readPusherConfig(env())));

/** This process's publisher of live positions: call `notify(agencyId, vehicleIds)` after a commit. */
export const positionPublisher = (): PositionPublisher =>
  singleton("position-publisher", () => {
    const publisher = new PositionPublisher(
      postgresPositionPorts(database(), {
        holder: randomUUID(),
        publish: (events) => realtimePublisher().publish(events),
        onError: (error) => log().warn(describeError(error), "position frames wait"),
      }),
    );
    const onMoved = (payload: string) => {
      const [agencyId, ids] = payload.split(" ");
      if (agencyId && ids) publisher.notifyForwarded(agencyId, ids.split(","));
    };
    const { DATABASE_DIRECT_URL, DATABASE_URL } = env();
    void listen(DATABASE_DIRECT_URL ?? DATABASE_URL, POSITIONS_MOVED, onMoved, {
      onError: (error) => log().error(describeError(error), "vehicles of other processes are not heard of"),
    });
    return publisher;
  });

/** Who hears of a change reads again: at a replica only once it has come that far. */
async function withPosition(events: Parameters<SendEvents>[0]): Promise<Parameters<SendEvents>[0]> {
  const readAfter = await committedPosition(database());
  return readAfter === null ? events : events.map((event) => ({ ...event, data: { ...event.data, readAfter } }));
}

/** Connects this process to the realtime server: events go out after their commit, lost access ends connections. */
export function startRealtime(): void {
  setRealtimePort(async (events) => realtimePublisher().publish(await withPosition(events)));
  setEndConnectionsPort((userId) => realtimePublisher().terminateUser(userId));
}
