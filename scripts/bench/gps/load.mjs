#!/usr/bin/env node
// Posts fixes to any HTTP endpoint on loopback, each token a device in turn, and prints one line of JSON.
//   node load.mjs --url http://127.0.0.1:3000/api/v1/positions --tokens FILE --conns 64 --secs 10
//     [--batch N] [--rate REQUESTS_PER_S] [--requests N] [--age-s S]
// Closed loop unless --rate. Fixes were taken at the moment they are sent (of a batch: in the seconds before), or --age-s
// before it. It speaks HTTP over plain sockets, so that the client leaves the processor to what is measured.
import fs from "node:fs";
import net from "node:net";
import { parseArgs } from "node:util";

const text = /** @type {const} */ ({ type: "string" });
const { values } = parseArgs({
  options: { url: text, tokens: text, conns: text, secs: text, batch: text, rate: text, requests: text, "age-s": text },
});
const url = new URL(values.url ?? "");
if (!["127.0.0.1", "localhost"].includes(url.hostname)) throw new Error("loopback only");
const tokens = fs
  .readFileSync(values.tokens ?? "", "utf8")
  .trim()
  .split("\n");
const connections = Number(values.conns ?? 64);
const batch = Number(values.batch ?? 1);
const rate = Number(values.rate ?? 0);
const ageMs = Number(values["age-s"] ?? 0) * 1000;
const mostRequests = Number(values.requests ?? Number.POSITIVE_INFINITY);
const startedAt = performance.now();
const endsAt = startedAt + Number(values.secs ?? 10) * 1000;

const LATITUDES = Array.from({ length: 1000 }, (_, n) => String(39.2 + n * 1e-4));
const LONGITUDES = Array.from({ length: 1000 }, (_, n) => String(-76.7 + n * 1e-4));

/** @type {number[]} */
const latenciesMs = [];
/** @type {Record<string, number>} */
const codes = {};
let sequence = 0;
let acknowledged = 0;
let duplicates = 0;

/**
 * Put together by hand: what the client costs is taken from what is measured.
 * @param {number} i number of the request
 * @param {number} takenAtMs
 */
const fix = (i, takenAtMs) =>
  `{"takenAt":"${new Date(takenAtMs).toISOString()}","lat":${LATITUDES[i % 1000]},"lon":${LONGITUDES[(i * 7) % 1000]},"speedMps":11.5,"headingDeg":${(i * 13) % 360},"accuracyM":6}`;

/** @returns {string} the next request, headers and all */
function nextRequest() {
  const i = sequence++;
  const atMs = Date.now() - ageMs;
  const fixes = Array.from({ length: batch }, (_, k) => fix(i, atMs - (batch - 1 - k) * 1000));
  const body = batch === 1 ? (fixes[0] ?? "") : `{"fixes":[${fixes.join(",")}]}`;
  const head = [
    `POST ${url.pathname} HTTP/1.1`,
    `Host: ${url.host}`,
    "Content-Type: application/json",
    `Content-Length: ${Buffer.byteLength(body)}`,
    `Authorization: Bearer ${tokens[i % tokens.length]}`,
  ];
  return `${head.join("\r\n")}\r\n\r\n${body}`;
}

const mayGoOn = () => performance.now() < endsAt && sequence < mostRequests;

/** One keep-alive connection that sends one request at a time. */
class Connection {
  #socket = net.connect({ host: url.hostname, port: Number(url.port), noDelay: true });
  #received = "";
  #sentAtMs = 0;
  /** @type {(() => void) | null} */
  #answered = null;
  isOpen = true;

  constructor() {
    this.#socket.setEncoding("latin1");
    this.#socket.on("data", (/** @type {string} */ chunk) => this.#read(chunk));
    this.#socket.on("error", (/** @type {NodeJS.ErrnoException} */ error) => count(error.code ?? "error"));
    this.#socket.on("close", () => {
      this.isOpen = false;
      this.#answered?.();
    });
  }

  /** @returns {Promise<void>} resolves with the whole answer, or when the connection is lost */
  send() {
    return new Promise((resolve) => {
      this.#answered = resolve;
      this.#sentAtMs = performance.now();
      this.#socket.write(nextRequest());
    });
  }

  close() {
    this.#socket.end();
  }

  /** @param {string} chunk */
  #read(chunk) {
    this.#received += chunk;
    const headEnd = this.#received.indexOf("\r\n\r\n");
    if (headEnd < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(this.#received.slice(0, headEnd))?.[1] ?? 0);
    if (this.#received.length < headEnd + 4 + length) return;
    const status = this.#received.slice(9, 12);
    duplicates += Number(/"duplicates":(\d+)/.exec(this.#received)?.[1] ?? 0);
    this.#received = "";
    latenciesMs.push(performance.now() - this.#sentAtMs);
    count(status);
    if (status.startsWith("2")) acknowledged += batch;
    const answered = this.#answered;
    this.#answered = null;
    answered?.();
  }
}

/** @param {string} code */
function count(code) {
  codes[code] = (codes[code] ?? 0) + 1;
}

async function closedLoop() {
  const loop = async () => {
    let connection = new Connection();
    while (mayGoOn()) {
      if (!connection.isOpen) connection = new Connection();
      await connection.send();
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: connections }, loop));
}

/** Requests leave when they are due, whether or not the ones before were answered. */
async function openLoop() {
  const idle = [new Connection()];
  const under = new Set();
  let sent = 0;
  while (mayGoOn()) {
    const due = Math.floor(((performance.now() - startedAt) / 1000) * rate);
    for (; sent < due && mayGoOn(); sent++) {
      const connection = idle.pop() ?? new Connection();
      const answered = connection.send().then(() => {
        under.delete(answered);
        if (connection.isOpen) idle.push(connection);
      });
      under.add(answered);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(under);
  for (const connection of idle) connection.close();
}

await (rate > 0 ? openLoop() : closedLoop());
const seconds = (performance.now() - startedAt) / 1000;
latenciesMs.sort((a, b) => a - b);
/** @param {number} share */
const quantileMs = (share) =>
  Number((latenciesMs[Math.min(latenciesMs.length - 1, Math.floor(latenciesMs.length * share))] ?? 0).toFixed(2));
console.log(
  JSON.stringify({
    requestsPerS: Math.round(latenciesMs.length / seconds),
    fixesPerS: Math.round(acknowledged / seconds),
    p50Ms: quantileMs(0.5),
    p95Ms: quantileMs(0.95),
    p99Ms: quantileMs(0.99),
    codes,
    acknowledged,
    duplicates,
  }),
);
