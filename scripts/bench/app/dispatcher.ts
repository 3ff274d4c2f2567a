import { setTimeout as pause } from "node:timers/promises";
import Pusher from "pusher-js";
import { agencyHandlers } from "@/components/lib/agency-handlers";
import { untilReadAgainMs } from "@/components/lib/board-clock";
import { boardFeed } from "@/components/lib/board-feed";
import { BoardReader } from "@/components/lib/board-reader";
import { authorizationOptions, ChannelAuthorizer, RealtimeRefusal } from "@/components/lib/channel-authorizer";
import { RealtimeConnection } from "@/components/lib/realtime-connection";
import { readAgencyEvent } from "@/components/lib/realtime-library";
import { aConsole } from "@/e2e/faults/kit/console";
import type { BoardView } from "@/server/domain/trips/board-view";
import { agencyChannel } from "@/server/realtime/channels";
import type { Seen } from "./seen";

/** So often a console reads its run sheets and renews its session. */
const RUN_SHEETS_MS = 120_000;
const TOUCH_MS = 60_000;

export type Office = { open: () => Promise<void>; run: (untilMs: number) => Promise<void>; close: () => void };

/** A dispatcher's console, with the console's own code for what it hears and what it asks: only React is missing. */
export async function aDispatcher(url: string, email: string, seen: Seen): Promise<Office> {
  const { trpc, headers } = await aConsole({ url }, email);
  let board: BoardView | undefined;
  const keep = (next: BoardView) => {
    board = next;
  };
  const readAll = () => seen.timed("board", () => trpc.board.get.query({}));
  const reader: BoardReader = new BoardReader({
    readAll,
    readChanges: async (ask) => {
      const changes = await seen.timed("changes", () => trpc.board.changes.query(ask));
      seen.shown(changes.trips);
      return changes;
    },
    held: () => board,
    keep,
    // As the query does, which shows what failed.
    reread: () => reader.all().then(keep, () => undefined),
    askLatest: () => undefined,
    nowMs: () => performance.now(),
  });
  const { agencyId, key } = await trpc.realtime.settings.query();
  const connection = aConnection(url, key, headers);
  const open = async () => {
    keep(await reader.all());
    connection.start();
    const resync = () => reader.resync();
    connection.subscribe(agencyChannel(agencyId), agencyHandlers(boardFeed(reader), readAgencyEvent, resync), resync);
  };
  const run = async (untilMs: number) => {
    const every = async (everyMs: number, work: () => Promise<unknown>) => {
      await pause(Math.random() * Math.min(everyMs, untilMs - performance.now()));
      for (; performance.now() < untilMs; await pause(Math.min(everyMs, untilMs - performance.now() + 1)))
        await work().catch(() => undefined);
    };
    const wholeBoards = async () => {
      for (;;) {
        const waitMs = untilReadAgainMs({ nowMs: Date.now(), ageMs: reader.ageMs, agencyId });
        await pause(Math.min(waitMs, untilMs - performance.now() + 1));
        if (performance.now() > untilMs) return;
        await reader.all().then(keep, () => undefined);
      }
    };
    await Promise.all([
      wholeBoards(),
      every(RUN_SHEETS_MS, () => seen.timed("runSheets", () => trpc.board.runSheets.query())),
      every(TOUCH_MS, () => trpc.session.touch.mutate()),
    ]);
  };
  const close = () => {
    reader.stop();
    connection.stop();
  };
  return { open, run, close };
}

function aConnection(url: string, key: string, headers: () => Record<string, string>): RealtimeConnection {
  const ask = async (body: Record<string, unknown>) => {
    const answer = await fetch(`${url}/api/realtime/auth`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers() },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new RealtimeRefusal(answer.status);
    return answer.json();
  };
  return new RealtimeConnection({
    authorizer: new ChannelAuthorizer(ask),
    makeClient: (authorizer) =>
      new Pusher(key, {
        cluster: "none",
        wsHost: new URL(url).hostname,
        wsPort: Number(new URL(url).port),
        forceTLS: false,
        enabledTransports: ["ws"],
        ...authorizationOptions(authorizer),
      }),
  });
}
