import { randomBytes } from "node:crypto";
import type { Random } from "@/scripts/county/random";
import { pick } from "@/scripts/county/random";
import type { LngLat } from "@/server/domain/geo/lng-lat";
import { Refused, Session } from "./api-client";
import type { Options } from "./options";
import { Reporter, type Tally } from "./reporter";
import type { StateFile } from "./state-file";
import { type Crew, Unit } from "./unit";
import { Anything, Device, Place, Shift, User, Vehicle } from "./wire";
import type { World } from "./world";

const SHIFT_H = 12;
/** Setting up hundreds takes a minute: it says how far it is. */
const TELL_EVERY = 100;
/** A position younger than this that is not ours: a real phone is in that truck. */
const LIVE_S = 90;
const MODELS = [
  { prefix: "M", type: "ambulance", levels: ["als", "bls", "stretcher"] },
  { prefix: "B", type: "ambulance", levels: ["bls", "stretcher"] },
  { prefix: "W", type: "wheelchair_van", levels: ["wheelchair", "ambulatory"] },
  { prefix: "S", type: "stretcher_van", levels: ["stretcher", "wheelchair"] },
] as const;

export type Depot = {
  options: Options;
  admin: Session;
  state: StateFile;
  world: World;
  tally: Tally;
  random: Random;
  signal: AbortSignal;
  say: (text: string) => void;
};
type Named = { id: string; email: string };

/** Sign-ins per minute are limited per network, so crews sign in one after the other, each when it first presses. */
class CrewRoom {
  private readonly sessions = new Map<string, Promise<Session>>();
  private queue: Promise<unknown> = Promise.resolve();
  constructor(
    private readonly depot: Depot,
    private readonly people: Map<string, Named>,
  ) {}

  crewOf(userIds: readonly string[]): Crew {
    const emails = userIds.flatMap((id) => this.people.get(id)?.email ?? []);
    const handsOff = emails.some((email) => this.depot.options.handsOff.has(email));
    const email = emails[0];
    return { handsOff, press: () => (email === undefined ? Promise.resolve(this.depot.admin) : this.session(email)) };
  }

  /** The crew's own session; who has a password of their own is reported for by the dispatcher. */
  private session(email: string): Promise<Session> {
    const known = this.sessions.get(email);
    if (known) return known;
    const { options, state, signal, admin } = this.depot;
    const password = state.password(email) ?? options.password;
    const opening = this.queue
      .then(() => Session.signIn(options.url, { email, password }, signal))
      .catch((error: unknown) => {
        if (error instanceof Refused && error.status === 401) return admin;
        this.sessions.delete(email);
        throw error;
      });
    this.queue = opening.catch(() => undefined).then(() => new Promise((resolve) => setTimeout(resolve, 1500)));
    this.sessions.set(email, opening);
    return opening;
  }

  async close(): Promise<void> {
    const open = await Promise.allSettled(this.sessions.values());
    const own = open.flatMap((s) => (s.status === "fulfilled" && s.value !== this.depot.admin ? [s.value] : []));
    await Promise.all(own.map((session) => session.signOut()));
  }
}

/** Brings trucks onto the road: those on shift already, then new ones with crews, devices and shifts, until there are enough. */
export class Fleet {
  readonly units = new Map<string, Unit>();
  private readonly people = new Map<string, Named>();
  private readonly crews: CrewRoom;
  private posts: LngLat[] = [];
  private emails = new Map<string, Named>();

  constructor(private readonly depot: Depot) {
    this.crews = new CrewRoom(depot, this.people);
  }

  async muster(): Promise<void> {
    const { admin, options, world, random, say } = this.depot;
    for (const user of await admin.list("/users", User)) this.know(user);
    const bases = await admin.list("/bases", Place);
    const facilities = await admin.list("/facilities", Place);
    this.posts = [...bases, ...facilities].map(({ lat, lon }) => ({ lat, lng: lon }));
    if (this.posts.length === 0)
      this.posts = Array.from({ length: 20 }, () => world.someHouse(random)).map(({ lat, lon }) => ({ lat, lng: lon }));
    const vehicles = await admin.list("/vehicles", Vehicle);
    const onShift = vehicles.filter((v) => isOn(v.shift) && !this.isSomebodyElses(v)).slice(0, options.units);
    for (const vehicle of onShift) await this.join(vehicle, vehicle.shift ?? null);
    const numbers = new Set(vehicles.map((v) => v.vehicleNo));
    const mine = vehicles.filter((v) => v.vehicleNo.startsWith("SIM") && v.inService && !isOn(v.shift));
    say(`${this.units.size} units on shift already`);
    for (let n = 1; this.units.size < options.units && !this.depot.signal.aborted; n++) {
      const vehicle = mine.shift() ?? (await this.buy(n, numbers));
      if (vehicle) await this.join(vehicle, await this.startShift(vehicle));
      if (n % TELL_EVERY === 0) say(`${this.units.size} of ${options.units} units on the road`);
    }
    say(`${this.units.size} units on the road`);
  }

  /** New shifts for our own trucks whose shift has ended, new tokens for devices that were revoked. */
  async mend(): Promise<void> {
    const { admin, state } = this.depot;
    const vehicles = await admin.list("/vehicles", Vehicle);
    for (const vehicle of vehicles) {
      const unit = this.units.get(vehicle.id);
      if (!unit) continue;
      unit.isResting = isResting(vehicle.shift);
      if (unit.isRevoked) await state.forgetToken(vehicle.id);
      const ended = !isOn(vehicle.shift);
      if (ended && !vehicle.vehicleNo.startsWith("SIM")) this.units.delete(vehicle.id);
      else if (ended) await this.join(vehicle, await this.startShift(vehicle));
      else if (unit.isRevoked || vehicle.shift?.id !== unit.shiftId) await this.join(vehicle, vehicle.shift ?? null);
    }
  }

  close = (): Promise<void> => this.crews.close();

  private know(user: Named): void {
    this.people.set(user.id, user);
    this.emails.set(user.email, user);
  }

  private isSomebodyElses = (v: Vehicle) =>
    v.position !== null && v.position.ageS < LIVE_S && this.depot.state.token(v.id) === undefined;

  private async join(vehicle: Vehicle, shift: Shift | null): Promise<void> {
    if (!shift) return;
    const { world, random, options, tally, signal } = this.depot;
    const start = vehicle.position
      ? { lat: vehicle.position.lat, lng: vehicle.position.lon }
      : pick(this.posts, random());
    const reporter = new Reporter(options.url.replace(/\/$/, ""), await this.tokenOf(vehicle), tally, signal);
    const unit = new Unit({
      shiftId: shift.id,
      callSign: shift.callSign,
      start,
      reporter,
      crew: this.crews.crewOf(shift.crew),
      posts: this.posts,
      random,
      world,
    });
    unit.isResting = isResting(shift);
    this.units.set(vehicle.id, unit);
  }

  private async tokenOf(vehicle: Vehicle): Promise<string> {
    const { admin, state, options } = this.depot;
    const known = state.token(vehicle.id);
    if (known !== undefined) return known;
    const { token } = await admin.call("POST", "/devices", Device, {
      label: `Simulated phone of ${vehicle.callSign}`,
      vehicleId: vehicle.id,
      intervalS: Math.round(options.intervalS),
    });
    await state.keepToken(vehicle.id, token);
    return token;
  }

  private async buy(n: number, numbers: Set<string>): Promise<Vehicle | null> {
    const vehicleNo = `SIM${String(n).padStart(3, "0")}`;
    if (numbers.has(vehicleNo)) return null;
    const model = MODELS[n % MODELS.length] ?? MODELS[0];
    return this.depot.admin.call("POST", "/vehicles", Vehicle, {
      vehicleNo,
      callSign: `${model.prefix}${600 + n}`,
      type: model.type,
      levels: [...model.levels],
    });
  }

  /** A shift from a few minutes ago, signed on; when the truck or its crew is planned elsewhere, none. */
  private async startShift(vehicle: Vehicle): Promise<Shift | null> {
    const { admin, say } = this.depot;
    try {
      const crew = await this.hire(`sim-${vehicle.vehicleNo.toLowerCase()}@simulated.test`);
      const now = Date.now();
      const period = {
        startsAt: new Date(now - 120_000).toISOString(),
        endsAt: new Date(now + SHIFT_H * 3_600_000).toISOString(),
      };
      const shift = await admin.call("POST", "/shifts", Shift, {
        vehicleId: vehicle.id,
        callSign: vehicle.callSign,
        crew: [crew.id],
        ...period,
      });
      await admin.call("POST", `/shifts/${shift.id}/sign-on`, Anything, {});
      return shift;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      say(`${vehicle.callSign} stays at its base: ${error.message}`);
      return null;
    }
  }

  private async hire(email: string): Promise<Named> {
    const known = this.emails.get(email);
    if (known) return known;
    const { admin, state } = this.depot;
    const password = randomBytes(18).toString("base64url");
    await state.keepPassword(email, password);
    const user = await admin.call("POST", "/users", User, {
      email,
      name: `Crew ${email.slice(4, email.indexOf("@")).toUpperCase()}`,
      roles: ["crew"],
      password,
    });
    this.know(user);
    return user;
  }
}

const isOn = (shift: Shift | null | undefined): boolean =>
  shift != null && shift.signedOnAt !== null && shift.signedOffAt === null && new Date(shift.endsAt) > new Date();

const RESTING = new Set(["break", "delayed", "out_of_service"]);
const isResting = (shift: Shift | null | undefined): boolean => RESTING.has(shift?.state ?? "");
