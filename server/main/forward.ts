import { type Agent, request as ask, type IncomingMessage, type ServerResponse } from "node:http";
import { errorAnswer } from "@/server/api/ingest/respond";
import { CLIENT_IP_HEADER } from "@/server/client-address";
import { AppError } from "@/server/errors";

/** What speaks of one connection only. `Transfer-Encoding` of a request stays: it says where its body ends. */
const OF_ONE_CONNECTION = ["connection", "keep-alive", "proxy-connection", "te", "trailer", "upgrade", "expect"];
const RETRY_AFTER_S = 2;

export type Forward = (request: IncomingMessage, response: ServerResponse, clientIp: string) => void;

/**
 * Hands requests on to a server behind a socket of the file system, as they came but for the caller's address, and its
 * answers back as they come.
 * @param agent - keeps the connections (`keptConnections`)
 * @see RFC 9110, section 7.6.1
 */
export function forwardTo(socketPath: string, agent: Agent): Forward {
  return (request, response, clientIp) => {
    const headers = endToEnd(request, [CLIENT_IP_HEADER]);
    headers.push(CLIENT_IP_HEADER, clientIp);
    const { method, url } = request;
    // As a list, repeated headers stay as they were sent; the types know objects only.
    const onward = ask({ socketPath, agent, method, path: url, headers: headers as unknown as Record<string, string> });
    onward.on("response", (answer) => giveBack(answer, response));
    onward.on("error", () => refuse(response));
    request.on("error", () => onward.destroy());
    // Whoever hangs up wants no answer any more; and what is answered before it was sent whole need not be passed on.
    response.on("close", () => {
      if (!response.writableFinished || !request.complete) onward.destroy();
    });
    request.pipe(onward);
  };
}

function giveBack(answer: IncomingMessage, response: ServerResponse): void {
  response.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEnd(answer, ["transfer-encoding"]));
  // Broken off in the middle: the caller must not take it for the whole.
  answer.on("error", () => response.destroy());
  answer.pipe(response);
}

function refuse(response: ServerResponse): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const reason = { path: "pages", code: "down", message: "pages is down" };
  const refusal = new AppError("unavailable", "not ready: pages", [reason], RETRY_AFTER_S);
  const { status, headers, body } = errorAnswer(refusal);
  response.writeHead(status, headers).end(body);
}

/** Headers as they were sent, without those of one connection, those that it names, and `others`. */
function endToEnd({ rawHeaders, headers }: IncomingMessage, others: readonly string[]): string[] {
  const named = (headers.connection ?? "").split(",").map((name) => name.trim().toLowerCase());
  const dropped = new Set([...OF_ONE_CONNECTION, ...others, ...named]);
  const kept: string[] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const [name = "", value = ""] = [rawHeaders[i], rawHeaders[i + 1]];
    if (!dropped.has(name.toLowerCase())) kept.push(name, value);
  }
  return kept;
}
