import { pick, type Random } from "@/scripts/county/random";
import { Refused, type Session } from "./api-client";
import { Anything, Candidates, Facility, Trip } from "./wire";
import type { World } from "./world";

const FIRST =
  "Ada Bruno Carla Devon Elena Frank Greta Hugo Irene Jonas Karin Leon Mona Nils Olga Paul Quinn Rosa Sven Tara Ursel Viktor Wanda Yosef Zita".split(
    " ",
  );
const LAST =
  "Abbot Berg Castillo Drummond Ekberg Falk Greer Haas Ivers Jansen Kwan Lund Marsh Novak Okafor Pruitt Quist Reyes Sato Tran Ueda Voss Weller Young".split(
    " ",
  );
const NEEDS = [
  { level: "wheelchair", weight: 0.4, priority: "urgent" },
  { level: "stretcher", weight: 0.22, priority: "urgent" },
  { level: "bls", weight: 0.22, priority: "urgent" },
  { level: "als", weight: 0.16, priority: "emergency" },
] as const;
const PATIENCE = 12;
const LOOK_MS = 30_000;
/** How long before its pickup a reserved trip is sent. */
const AHEAD_MS = 20 * 60_000;
type Waiting = { tripId: string; atMs: number; tries: number };

/** Plays callers and a dispatcher: books trips as they come in, and sends the best unit to each after a moment's thought. */
export class Caller {
  private readonly waiting: Waiting[] = [];
  private nextCallMs: number;
  private nextLookMs = 0;
  booked = 0;
  dispatched = 0;

  private constructor(
    private readonly dispatcher: Session,
    private readonly world: World,
    private readonly facilities: readonly Facility[],
    private readonly random: Random,
    private readonly perHour: number,
    nowMs: number,
  ) {
    this.nextCallMs = nowMs + 5000;
  }

  static async open({
    dispatcher,
    world,
    random,
    perHour,
    nowMs,
  }: {
    dispatcher: Session;
    world: World;
    random: Random;
    perHour: number;
    nowMs: number;
  }): Promise<Caller> {
    const facilities = (await dispatcher.list("/facilities", Facility)).filter((f) => f.status !== "closed");
    return new Caller(dispatcher, world, facilities, random, perHour, nowMs);
  }

  /** Books and dispatches what is due. `room` says whether a unit is free for another call. */
  async tick(nowMs: number, room: boolean): Promise<void> {
    if (nowMs >= this.nextCallMs) {
      this.nextCallMs = nowMs + (-Math.log(1 - this.random()) * 3_600_000) / this.perHour;
      if (room && this.facilities.length > 0) await this.book(nowMs);
    }
    if (nowMs >= this.nextLookMs) {
      this.nextLookMs = nowMs + LOOK_MS;
      await this.sendReserved(nowMs);
    }
    for (const call of this.waiting.filter((w) => w.atMs <= nowMs)) await this.dispatch(call, nowMs);
  }

  /** Units reserved for a trip are told in time; who has no unit yet is left for a person. */
  private async sendReserved(nowMs: number): Promise<void> {
    const at = (ms: number) => encodeURIComponent(new Date(nowMs + ms).toISOString());
    const due = await this.dispatcher.list(`/trips?status=reserved&from=${at(-3_600_000)}&to=${at(AHEAD_MS)}`, Trip);
    for (const { id, assignment } of due) {
      if (!assignment?.shiftId) continue;
      try {
        await this.dispatcher.call("POST", `/trips/${id}/assign`, Anything, {
          shiftId: assignment.shiftId,
          mode: "dispatch",
        });
        this.dispatched++;
      } catch (error) {
        // Busy or off shift: the trip stays reserved, and the board shows it.
        if (!(error instanceof Refused)) throw error;
      }
    }
  }

  private async book(nowMs: number): Promise<void> {
    const need = this.need();
    const hospital = pick(this.facilities, this.random());
    const target =
      need.level === "als"
        ? (this.facilities.find((f) => f.kind === "hospital" && this.random() < 0.3) ?? hospital)
        : hospital;
    const between = need.level !== "als" && this.random() < 0.45;
    const from = pick(this.facilities, this.random());
    const pickup = between && from.id !== target.id ? { facilityId: from.id } : this.home();
    const trip = await this.dispatcher.call("POST", "/trips", Trip, {
      level: need.level,
      priority: need.priority,
      riderName: `${pick(FIRST, this.random())} ${pick(LAST, this.random())}`,
      pickup,
      dropoff: { facilityId: target.id },
    });
    this.booked++;
    this.waiting.push({ tripId: trip.id, atMs: nowMs + (8 + this.random() * 35) * 1000, tries: 0 });
  }

  private need(): (typeof NEEDS)[number] {
    let left = this.random();
    for (const need of NEEDS) {
      left -= need.weight;
      if (left < 0) return need;
    }
    return NEEDS[0];
  }

  private home() {
    const house = this.world.someHouse(this.random);
    return { address: `${house.number} ${house.street}, ${house.place} ${house.zip}`, lat: house.lat, lon: house.lon };
  }

  /** The first of the ranked units; nobody free, or somebody was quicker: again in half a minute, until a person must look. */
  private async dispatch(call: Waiting, nowMs: number): Promise<void> {
    const done = () => this.waiting.splice(this.waiting.indexOf(call), 1);
    try {
      const { items } = await this.dispatcher.call("GET", `/trips/${call.tripId}/candidates`, Candidates);
      const best = items[0];
      if (best) {
        await this.dispatcher.call("POST", `/trips/${call.tripId}/assign`, Anything, {
          shiftId: best.shiftId,
          mode: "dispatch",
        });
        this.dispatched++;
        done();
        return;
      }
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.status === 404) call.tries = PATIENCE;
    }
    call.tries++;
    call.atMs = nowMs + 30_000;
    if (call.tries >= PATIENCE) done();
  }
}
