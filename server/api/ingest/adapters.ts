import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import { requestIp } from "@/server/client-address";
import { readLimited } from "@/server/read-limited";
import type { IngestAnswer } from "./handler";
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
  const answer = body ? await ingest({ method, url, headers, body, ip }) : errorAnswer(tooLarge());
  // What follows of a body that is too large is not read: the connection cannot be used again. A stranger keeps none.
  const close = body && answer.status !== 401 ? {} : { Connection: "close" };
  const length = { "Content-Length": String(Buffer.byteLength(answer.body)) };
  response.writeHead(answer.status, { ...answer.headers, ...length, ...close }).end(answer.body);
}

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
    request.on("close", () => reject(new Error("the caller hung up")));
  });
}

/** The same for a Next route handler, under plain `next start`. */
export async function ingestResponse(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const body = await readLimited(request, MAX_BODY_BYTES);
  const answer: IngestAnswer = body
    ? await ingest({
        method: request.method,
        url: pathname + search,
        headers: Object.fromEntries(request.headers),
        body,
        ip: requestIp(request.headers),
      })
    : errorAnswer(tooLarge());
  return new Response(answer.body, { status: answer.status, headers: answer.headers });
}
