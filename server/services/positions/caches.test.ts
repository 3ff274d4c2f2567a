import { describe, expect, test } from "vitest";
import type { IngestSql } from "@/db/ingest-client";
import type { DeviceRow } from "@/db/queries/ingest-lookups";
import { DeviceDirectory } from "./device-directory";
import { DeviceUseLog } from "./device-use";
import { IngestNews } from "./ingest-news";

/** A database that only listens and notifies; `deaf` loses what is said. */
function aWire() {
  let now = 0;
  let deaf = false;
  let hear = (_message: string) => {};
  const sql = {
    listen: (_channel: string, onMessage: (message: string) => void, onListen: () => void) => {
      hear = onMessage;
      onListen();
      return Promise.resolve({ unlisten: () => Promise.resolve() });
    },
    notify: (_channel: string, message: string) => {
      if (!deaf) hear(message);
      return Promise.resolve();
    },
  } as unknown as IngestSql;
  return {
    news: new IngestNews(sql, () => now),
    pass: (seconds: number, beats = true) => {
      for (let i = 0; i < seconds; i++) {
        now += 1000;
        if (beats && !deaf) hear("beat");
      }
    },
    say: (message: string) => hear(message),
    cut: () => {
      deaf = true;
    },
  };
}

const token = `rbd_${"a".repeat(43)}`;
const device = { id: "d1", agencyId: "a1", vehicleId: "v1", userId: null, expiresAt: null } as DeviceRow;
const at = new Date(0);

function aDirectory(wire: ReturnType<typeof aWire>) {
  let asked = 0;
  let answer: DeviceRow | null = device;
  let questions = 0;
  const directory = new DeviceDirectory((hashes) => {
    asked += hashes.length;
    questions += 1;
    return Promise.resolve(hashes.map(() => answer));
  }, wire.news);
  return {
    find: (given = token) => directory.find(given, at),
    asked: () => asked,
    questions: () => questions,
    revoke: () => {
      answer = null;
    },
  };
}

describe("the token cache", () => {
  test("believes itself for a minute while it hears, and forgets at the news", async () => {
    const wire = aWire();
    await wire.news.start();
    const { find, asked, revoke } = aDirectory(wire);
    await find();
    wire.pass(50);
    await find();
    expect(asked()).toBe(1);
    wire.pass(11);
    await find();
    expect(asked()).toBe(2);
    revoke();
    wire.say("device another");
    expect(await find()).toEqual(device);
    wire.say("device d1");
    expect(await find()).toBeNull();
  });

  test("a revocation holds within five seconds when the news are cut off, and before there are any", async () => {
    for (const start of [true, false]) {
      const wire = aWire();
      if (start) await wire.news.start();
      const { find, revoke } = aDirectory(wire);
      await find();
      wire.cut();
      revoke();
      wire.pass(5);
      expect(await find()).toEqual(device);
      wire.pass(1);
      expect(await find()).toBeNull();
    }
  });

  test("what was looked up while news came in is believed for five seconds only", async () => {
    const wire = aWire();
    await wire.news.start();
    const before = wire.news.mark();
    wire.say("device d9");
    const settled = wire.news.mark();
    wire.pass(4);
    expect(wire.news.isFresh(before, settled)).toBe(true);
    wire.pass(2);
    expect(wire.news.isFresh(before, settled)).toBe(false);
  });

  test("what does not look like a token is not even looked up", async () => {
    const { find, asked } = aDirectory(aWire());
    for (const given of [
      "",
      "rbd_",
      "rbk_aaaaaaaaaaaaaaaaaaaaaaaa",
      "rbd_a b c d e f g h i j k",
      "x'; drop table devices",
    ]) {
      expect(await find(given)).toBeNull();
    }
    expect(asked()).toBe(0);
  });

  test("many requests with one token ask once", async () => {
    const { find, asked } = aDirectory(aWire());
    await Promise.all(Array.from({ length: 20 }, () => find()));
    expect(asked()).toBe(1);
  });

  test("many devices are asked about together", async () => {
    const { find, asked, questions } = aDirectory(aWire());
    const found = await Promise.all(Array.from({ length: 20 }, (_, n) => find(`${token}${n}`)));
    expect(found).toEqual(Array.from({ length: 20 }, () => device));
    // The first goes at once, the others with the next.
    expect([asked(), questions()]).toEqual([20, 2]);
  });
});

describe("the use of devices", () => {
  const use = (app: string, s: number) => ({
    agencyId: "a1",
    id: "d1",
    seenAt: new Date(s * 1000),
    app,
    network: "n",
    trouble: null,
  });

  test("two apps within a minute are one exception, one app after another is none", async () => {
    const shared: string[] = [];
    const log = new DeviceUseLog(
      () => Promise.resolve([]),
      (found) => Promise.resolve(void shared.push(found.id)),
    );
    log.note(use("OwnTracks", 0), false);
    log.note(use("Overland", 61), false);
    await log.flush();
    expect(shared).toEqual([]);
    log.note(use("OwnTracks", 70), false);
    log.note(use("Overland", 80), false);
    await log.flush();
    expect(shared).toEqual(["d1"]);
  });

  test("a device that is noted while others are written, or could not be told of, is told of once, later", async () => {
    const told: string[] = [];
    let fails = true;
    const log = new DeviceUseLog(
      () => {
        // Two apps use the device while the batch before is being written.
        if (told.length === 0 && fails) {
          log.note(use("OwnTracks", 10), false);
          log.note(use("Overland", 11), false);
        }
        return Promise.resolve([]);
      },
      (found) => {
        if (fails) return Promise.reject(new Error("gone"));
        return Promise.resolve(void told.push(found.id));
      },
    );
    log.note(use("OwnTracks", 0), false);
    await log.flush();
    expect(told).toEqual([]);
    fails = false;
    await log.flush();
    await log.flush();
    expect(told).toEqual(["d1"]);
  });

  test("a use that says nothing new is written every twenty seconds, one that does with the next", async () => {
    const written: (string | null)[] = [];
    const log = new DeviceUseLog(
      (uses) => {
        written.push(...uses.map(({ seenAt, trouble }) => `${seenAt.getTime() / 1000} ${trouble}`));
        return Promise.resolve([]);
      },
      () => Promise.resolve(),
    );
    for (const s of [0, 5, 19, 20, 25]) {
      log.note(use("OwnTracks", s), false);
      await log.flush();
    }
    log.note({ ...use("OwnTracks", 26), trouble: "battery_low" }, false);
    await log.flush();
    expect(written).toEqual(["0 null", "20 null", "26 battery_low"]);
  });

  test("what could not be written is written with the next", async () => {
    const written: string[][] = [];
    let fails = true;
    const log = new DeviceUseLog(
      (uses) => {
        if (fails) return Promise.reject(new Error("gone"));
        written.push(uses.map(({ app }) => app));
        return Promise.resolve([]);
      },
      () => Promise.resolve(),
    );
    log.note(use("OwnTracks", 0), false);
    await log.flush();
    fails = false;
    await log.flush();
    expect(written).toEqual([["OwnTracks"]]);
  });
});
