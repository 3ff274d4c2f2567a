import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import { loopTurns } from "@/server/loop-turns";
import { type AnswerBody, bodyOf } from "./answer-body";
import { answerConsoleRead, changesNothing } from "./console-endpoint";
import { answerRest } from "./rest-endpoint";

type Answer = (request: Request) => Promise<Response>;
const METHODS = ["DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT"];
/** Probes are routes of their own. */
const PROBES = /^\/api\/v1\/(health|ready)\/*($|\?)/;

/**
 * What answers a request of our API on a bare node server: for a short question Next's routing, tracing and streams cost
 * several times what the question does.
 * @param url - path and query as they came
 * @returns null where Next has to answer
 */
export function answerAhead(method: string, url: string): Answer | null {
  if (url.startsWith("/api/trpc/")) return method === "POST" ? answerConsoleRead : null;
  return url.startsWith("/api/v1/") && METHODS.includes(method) && !PROBES.test(url) ? answerRest : null;
}

/** Whether a request of ours only reads. */
const isReading = ({ method, url = "/" }: IncomingMessage): boolean =>
  url.startsWith("/api/trpc/") ? changesNothing(url) : method === "GET";

/** No handler of ours takes a larger body, as sent. */
const MAX_BODY_BYTES = 6_000_000;

/**
 * Answers one request of a bare node server; mount it where `answerAhead` says so. What reads takes turns: when hundreds
 * of consoles ask in the same moment, a button that somebody presses then does not stand behind all of them.
 */
export async function answerOwn(request: IncomingMessage, response: ServerResponse, answer: Answer): Promise<void> {
  const sent = await readBody(request);
  if (isReading(request)) await loopTurns().next();
  const answered = await answer(toRequest(request, sent.body, sent.isWhole));
  const body = await bodyOf(answered);
  const packed = await compressed(request, answered.headers, body);
  response.statusCode = answered.status;
  for (const [name, value] of answered.headers) response.appendHeader(name, value);
  if (packed) response.setHeader("Content-Encoding", "gzip");
  response.setHeader("Content-Length", String((packed ?? body.bytes).length));
  response.end(packed ?? body.bytes);
}

/** A body past the limit is handed on as far as it was read, with a length that its handler refuses. */
function toRequest({ method = "GET", url = "/", headers }: IncomingMessage, body: Buffer, isWhole: boolean): Request {
  const taken = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    for (const one of [value ?? []].flat()) taken.append(name, one);
  }
  if (!isWhole) taken.set("content-length", String(MAX_BODY_BYTES + 1));
  // Only the path and the query are read from it.
  const address = new URL(url, "http://runboard.invalid");
  return new Request(address, { method, headers: taken, ...(method !== "GET" && { body: new Uint8Array(body) }) });
}

function readBody(request: IncomingMessage): Promise<{ body: Buffer; isWhole: boolean }> {
  // By events, not by iteration: most of what a short request costs is promises.
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (isWhole: boolean) => resolve({ body: Buffer.concat(chunks, size), isWhole });
    request.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) return;
      request.pause();
      end(false);
    });
    request.on("end", () => end(true));
    request.on("error", reject);
    // Every request closes; an error, with the stack that it notes, is made for one that was not read to its end only.
    request.on("close", () => {
      if (!request.complete) reject(new Error("the caller hung up"));
    });
  });
}

/** Below this an answer is a few packets anyhow. */
const COMPRESSED_FROM_BYTES = 8_192;

async function compressed({ headers }: IncomingMessage, answered: Headers, body: AnswerBody): Promise<Buffer | null> {
  const isTaken = /\bgzip\b/.test(String(headers["accept-encoding"] ?? ""));
  const isText = /json|text|csv/.test(answered.get("content-type") ?? "");
  if (!isTaken || !isText || body.bytes.length < COMPRESSED_FROM_BYTES || answered.has("content-encoding")) return null;
  answered.append("Vary", "Accept-Encoding");
  return body.packed();
}
