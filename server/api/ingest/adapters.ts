import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import { requestIp } from "@/server/client-address";
import { readLimited } from "@/server/read-limited";
import { singleton } from "@/server/singleton";
import { Turns } from "@/server/turns";
import type { IngestAnswer, IngestRequest } from "./handler";
import { ingest } from "./ingest";
import { MAX_BODY_BYTES, tooLarge } from "./read-body";
import { errorAnswer } from "./respond";

export { isIngestRequest } from "./ingest-path";

/**
 * Answers one GPS request of a bare node server; mount it where `isIngestRequest(method, url)` says so.
 * @param ip - the caller's address, proxies already taken into account
 */
export async function answerIngest(request: IncomingMessage, response: ServerResponse, ip: string): Promise<void> {
  const body = await readAll(request);
  const { method = "GET", url = "/", headers } = request;
  const answer = body ? await inTurn({ method, url, headers, body, ip }) : errorAnswer(tooLarge());
  // A stranger keeps no connection. Who sends too much hears so first: closed at once, it would see a broken pipe instead.
  const close = answer.status === 401 ? { Connection: "close" } : {};
  const length = { "Content-Length": String(Buffer.byteLength(answer.body)) };
  response.writeHead(answer.status, { ...answer.headers, ...length, ...close }).end(answer.body);
}

/** From here on a body is a backlog rather than what a phone has just seen: about two hundred fixes. */
const BACKLOG_BYTES = 20_000;
const backlogs = () => singleton("ingest-backlogs", () => new Turns(6));

/** Backlogs take turns, so that hundreds that arrive together do not hold up the fixes of units that drive now. */
const inTurn = (request: IngestRequest): Promise<IngestAnswer> =>
  request.body.length < BACKLOG_BYTES ? ingest(request) : backlogs().run(() => ingest(request));

/** @returns null past the limit; the socket lives on, so that the refusal can be said */
function readAll(request: IncomingMessage): Promise<Buffer | null> {
  if (Number(request.headers["content-length"] ?? 0) > MAX_BODY_BYTES) return Promise.resolve(null);
  // By events, not by iteration: a fix is one chunk, and most of what a request costs is promises.
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_BODY_BYTES) {
        request.pause();
        resolve(null);
      } else chunks.push(chunk);
    });
    request.on("end", () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size)));
    request.on("error", reject);
    // Every request closes; an error, with the stack that it notes, is made for one that was not read to its end only.
    request.on("close", () => {
      if (!request.complete) reject(new Error("the caller hung up"));
    });
  });
}

/** The same for a Next route handler, under plain `next start`. */
export async function ingestResponse(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const body = await readLimited(request, MAX_BODY_BYTES);
  const answer: IngestAnswer = body
    ? await inTurn({
        method: request.method,
        url: pathname + search,
        headers: Object.fromEntries(request.headers),
        body,
        ip: requestIp(request.headers),
      })
    : errorAnswer(tooLarge());
  return new Response(answer.body, { status: answer.status, headers: answer.headers });
}
