import { Agent, type IncomingHttpHeaders, request } from "node:http";

export type Heard = { status: number; headers: IncomingHttpHeaders; text: string };
export type Asked = {
  method?: string;
  token?: string;
  body?: string | Buffer;
  headers?: Record<string, string>;
  agent?: Agent;
};

/** Connections that are kept open, as phones and load balancers keep them. */
export const keepAlive = (maxSockets = 64) => new Agent({ keepAlive: true, maxSockets });

/** One request. @throws when the connection broke before the whole answer was there */
export function ask(url: string, { method, token, body, headers = {}, agent }: Asked = {}): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const call = request(url, {
      method: method ?? (body === undefined ? "GET" : "POST"),
      headers: {
        ...(body !== undefined && {
          "content-type": "application/json",
          ...("transfer-encoding" in headers ? {} : { "content-length": String(Buffer.byteLength(body)) }),
        }),
        ...(token && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(agent && { agent }),
    });
    call.on("error", reject);
    call.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("aborted", () => reject(new Error("the answer broke off")));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString("utf8"),
        }),
      );
    });
    call.end(body);
  });
}

export const askJson = async (url: string, asked: Asked & { json: unknown }): Promise<Heard> =>
  ask(url, { ...asked, body: JSON.stringify(asked.json) });
