import { aConsole } from "@/e2e/faults/kit/console";
import { ask, keepAlive } from "@/e2e/faults/kit/http";
import { seedAgency } from "@/scripts/bench/app/seed";
import type { Fleet } from "@/scripts/bench/lib/fleet";
import type { BenchDatabase, Installation } from "@/scripts/bench/lib/installation";
import { quantile, type Row, round } from "@/scripts/bench/lib/report";

/** Pages of the console as a browser first asks for them. */
const PAGES = ["/board", "/trips", "/map"];
const PEOPLE = 4;
const CREWS = 50;

/** How long people waited, in ms. */
export type PagesSeen = { pages: Waits; boards: Waits };
type Waits = { perS: number; p50Ms: number; p95Ms: number; p99Ms: number };

/** Signs dispatchers of one agency in: 50 units on shift with a trip each, 50 trips that wait. */
export async function peopleAtConsoles(database: BenchDatabase, { url }: Installation, fleet: Fleet) {
  const [agencyId = ""] = fleet.agencies;
  const own = <T>(all: readonly T[]) => all.filter((_, i) => i % fleet.agencies.length === 0).slice(0, CREWS);
  const devices = { ids: own(fleet.deviceIds), tokens: own(fleet.tokens) };
  const sizes = { dispatchers: PEOPLE, crews: CREWS, waitingTrips: 50, phiKeys: database.secrets.PHI_KEYS };
  const { dispatchers } = await seedAgency(database.owner, agencyId, devices, sizes);
  const consoles: Awaited<ReturnType<typeof aConsole>>[] = [];
  for (const email of dispatchers) consoles.push(await aConsole({ url }, email));
  return {
    /** Each asks for a page, then for its board, again and again: as fast as answers come. */
    work: async (secs: number): Promise<PagesSeen> => {
      const untilMs = performance.now() + secs * 1000;
      const [pagesMs, boardsMs]: [number[], number[]] = [[], []];
      const agent = keepAlive(PEOPLE);
      await Promise.all(
        consoles.map(async ({ headers, trpc }, n) => {
          for (let turn = n; performance.now() < untilMs; turn++) {
            const page = `${url}${PAGES[turn % PAGES.length]}`;
            await timed(pagesMs, async () => {
              const { status } = await ask(page, { headers: headers(), agent });
              if (status !== 200) throw new Error(`${page} answered ${status}`);
            });
            await timed(boardsMs, () => trpc.board.get.query({}));
          }
        }),
      );
      agent.destroy();
      return { pages: waits(pagesMs, secs), boards: waits(boardsMs, secs) };
    },
  };
}

async function timed(into: number[], call: () => Promise<unknown>): Promise<void> {
  const from = performance.now();
  await call();
  into.push(performance.now() - from);
}

function waits(ms: number[], secs: number): Waits {
  const sorted = ms.toSorted((a, b) => a - b);
  const at = (share: number) => round(quantile(sorted, share) ?? 0);
  return { perS: round(ms.length / secs), p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
}

export const pageRows = (name: string, { pages, boards }: PagesSeen): Row[] => [
  { what: `pages, ${name}`, ...pages },
  { what: `board query, ${name}`, ...boards },
];
