import "server-only";
import { promisify } from "node:util";
import { constants, gzip } from "node:zlib";
import { singleton } from "@/server/singleton";

const toGzip = promisify(gzip);

/** The bytes of an answer, compressed once for all who are given it. */
export class AnswerBody {
  #packed: Promise<Buffer> | null = null;

  constructor(readonly bytes: Buffer) {}

  packed(): Promise<Buffer> {
    // An answer is soon another one: the quickest level has most of the gain.
    this.#packed ??= toGzip(this.bytes, { level: constants.Z_BEST_SPEED });
    return this.#packed;
  }
}

const bodies = () => singleton("answer-bodies", () => new WeakMap<Response, AnswerBody>());

/** An answer whose body is at hand, for who sends it without reading it (`bodyOf`). */
export function answerWith(body: AnswerBody, { status, headers }: Response): Response {
  const response = new Response(new Uint8Array(body.bytes), { status, headers });
  bodies().set(response, body);
  return response;
}

export const bodyOf = async (response: Response): Promise<AnswerBody> =>
  bodies().get(response) ?? new AnswerBody(Buffer.from(await response.arrayBuffer()));
