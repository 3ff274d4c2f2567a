import "server-only";
import { LRUCache } from "lru-cache";
import type { DeviceRow } from "@/db/queries/ingest-lookups";
import { coarseNetwork } from "@/server/client-address";
import { troubleOf } from "@/server/domain/gps/device-trouble";
import { findTokens } from "@/server/domain/gps/find-tokens";
import { appOf, FORMATS, type IngestCounts, type IngestFormat } from "@/server/domain/gps/formats";
import { mergeParams } from "@/server/domain/gps/params";
import { forwardedDeviceLabel } from "@/server/domain/gps/parse-traccar-forward";
import { type Bucket, takeOne } from "@/server/domain/gps/token-bucket";
import { AppError } from "@/server/errors";
import { metrics } from "@/server/metrics";
import type { Pipeline } from "@/server/services/positions/pipeline";
import { type IngestTarget, readIngestPath } from "./ingest-path";
import { type Body, readBody, tooLarge } from "./read-body";
import { errorAnswer, jsonAnswer } from "./respond";

/** A request without a framework around it. Header names are lower case; `url` is a path with its query. */
export type IngestRequest = {
  method: string;
  url: string;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
  ip: string;
};
export type IngestAnswer = { status: number; headers: Record<string, string>; body: string };

export type IngestPorts = {
  pipeline: Pipeline;
  clock: () => Date;
  /** The device that a partner's API key speaks of; `null` for a key that opens nothing. */
  forwarded: (apiKey: string, label: string | null) => Promise<DeviceRow | null>;
};

const MAX_FIXES = 2_000;
const API_KEY = /^rbk_/;
/** Nobody writes to it. */
const NO_PARAMS = new URLSearchParams();

/** Answers the GPS path: any client's request in, what that client needs to hear out. */
export function createIngestHandler(ports: IngestPorts): (request: IngestRequest) => Promise<IngestAnswer> {
  const buckets = new LRUCache<string, Bucket>({ max: 100_000 });
  return async (request) => {
    const queryAt = request.url.indexOf("?");
    const path = queryAt < 0 ? request.url : request.url.slice(0, queryAt);
    const target = readIngestPath(path);
    const route = !target ? "unmatched" : target.format === "native" ? "/positions" : `/ingest/${target.format}`;
    const stop = metrics().requestSeconds.startTimer({ method: request.method, route });
    // Apps put "?lat=…" behind an address that has a query already.
    const query = queryAt < 0 ? NO_PARAMS : new URLSearchParams(request.url.slice(queryAt + 1).replaceAll("?", "&"));
    const answer = await answerCall(ports, buckets, { request, target, query }).catch(errorAnswer);
    stop({ status: String(answer.status) });
    return answer;
  };
}

type Call = { request: IngestRequest; target: IngestTarget | null; query: URLSearchParams };

async function answerCall(ports: IngestPorts, buckets: LRUCache<string, Bucket>, call: Call): Promise<IngestAnswer> {
  const { request, target, query } = call;
  if (!target) throw new AppError("not_found", "no such path");
  const { format } = target;
  const rules = FORMATS[format];
  if (rules.methods && !rules.methods.includes(request.method)) {
    const refused = errorAnswer(new AppError("method_not_allowed", "this path does not take that method"));
    return { ...refused, headers: { ...refused.headers, Allow: rules.methods.join(", ") } };
  }
  const { device, body } = await identify(ports, { request, query, target });
  const receivedAt = ports.clock();
  takeRequest(buckets, device, receivedAt);
  const parsed = rules.parse({
    // Read by the formats that come as parameters; the others do not pay for it.
    get params() {
      return mergeParams(query, body.json === undefined ? body.form : body.json);
    },
    json: body.json,
    receivedAt,
    speedUnit: device.speedUnit === "auto" ? null : device.speedUnit,
  });
  if ("unreadable" in parsed) {
    throw new AppError("invalid", parsed.unreadable, [{ path: "", code: "unreadable", message: parsed.unreadable }]);
  }
  if (parsed.fixes.length > MAX_FIXES) throw tooLarge();
  const counts = await ports.pipeline.record(device, parsed.fixes, receivedAt);
  count(format, counts);
  const app = appOf(format, header(request, "user-agent"), body.json);
  const trouble = troubleOf(parsed.fixes, counts);
  const network = coarseNetwork(request.ip);
  const use = { agencyId: device.agencyId, id: device.id, seenAt: receivedAt, app, network, trouble };
  ports.pipeline.uses.note(use, !device.seenBefore);
  const { status, body: answer } = rules.answer(counts);
  return jsonAnswer(status, answer);
}

const header = (request: IngestRequest, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
};

/** Who sends: decided by the headers, query and path before the body is read, unless the token is in the body. */
async function identify(ports: IngestPorts, call: Call & { target: IngestTarget }) {
  const { request, query, target } = call;
  const sources = { authorization: header(request, "authorization"), query, pathTail: target.pathTail };
  const outer = findTokens({ ...sources, form: NO_PARAMS, json: undefined });
  const known = pickToken(outer, target.format);
  const early = known && !API_KEY.test(known) ? await requireDevice(ports, known) : null;
  const labels = {
    contentType: header(request, "content-type") ?? "",
    contentEncoding: header(request, "content-encoding") ?? "",
  };
  const body = await readBody(request.body, labels, FORMATS[target.format].body);
  if (early) return { device: early, body };
  const token = known ?? pickToken(findTokens({ ...sources, ...body }), target.format);
  if (token && API_KEY.test(token)) return { device: await requireForwarded(ports, token, body), body };
  return { device: await requireDevice(ports, token), body };
}

/** The first token that can open something: apps put other things into `id` and the like, too. */
function pickToken(tokens: Iterable<string>, format: IngestFormat): string | undefined {
  const opens = format === "traccar" ? /^(rbd_|rbk_)/ : /^rbd_/;
  for (const token of tokens) if (opens.test(token)) return token;
  return undefined;
}

const unauthenticated = () => new AppError("unauthenticated", "send a valid device token");

async function requireDevice(ports: IngestPorts, token: string | undefined): Promise<DeviceRow> {
  const device = token === undefined ? null : await ports.pipeline.devices.find(token, ports.clock());
  if (!device) throw unauthenticated();
  return device;
}

async function requireForwarded(ports: IngestPorts, apiKey: string, body: Body): Promise<DeviceRow> {
  const device = await ports.forwarded(apiKey, forwardedDeviceLabel(body.json));
  if (!device) throw unauthenticated();
  return device;
}

/** @throws AppError rate_limited */
function takeRequest(buckets: LRUCache<string, Bucket>, device: DeviceRow, now: Date): void {
  const { bucket, retryAfterS } = takeOne(buckets.get(device.id), now.getTime());
  buckets.set(device.id, bucket);
  if (retryAfterS !== null) throw new AppError("rate_limited", "too many requests from this device", [], retryAfterS);
}

function count(format: IngestFormat, { accepted, duplicates, quarantined }: IngestCounts): void {
  if (accepted > 0) metrics().fixesAccepted.inc({ client: format }, accepted);
  if (duplicates > 0) metrics().fixesDuplicate.inc(duplicates);
  for (const { code } of quarantined) metrics().fixesQuarantined.inc({ code });
}
