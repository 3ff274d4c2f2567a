import { number, object, optional, record, string, type z } from "zod/mini";

const Signature = object({ auth: string() });
const Batch = record(string(), object({ status: number(), data: optional(Signature) }));
const UserSignature = object({ auth: string(), user_data: string() });

/** A channel or connection was refused, with the server's status; 0 when it did not answer. */
export class RealtimeRefusal extends Error {
  override readonly name = "RealtimeRefusal";
  constructor(readonly status: number) {
    super(`realtime authorization answered ${status}`);
  }
}

type Waiting = { channel: string; done: (signed: { auth: string } | RealtimeRefusal) => void };
type Ask = (body: Record<string, unknown>) => Promise<unknown>;

/** Asks our server; the session's cookie says who we are. @throws RealtimeRefusal */
export async function askServer(body: Record<string, unknown>): Promise<unknown> {
  const response = await fetch("/api/realtime/auth", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new RealtimeRefusal(0);
  });
  if (!response.ok) throw new RealtimeRefusal(response.status);
  return response.json();
}

/** Signs channels: what is asked for in one moment goes in one request, since a reconnection asks for all at once. */
export class ChannelAuthorizer {
  readonly #waiting = new Map<string, Waiting[]>();

  constructor(private readonly ask: Ask = askServer) {}

  /** Calls `done` with the signature or the refusal. */
  authorize(socketId: string, channel: string, done: Waiting["done"]) {
    const waiting = this.#waiting.get(socketId);
    if (waiting) {
      waiting.push({ channel, done });
      return;
    }
    this.#waiting.set(socketId, [{ channel, done }]);
    setTimeout(() => void this.#send(socketId), 10);
  }

  /** Signs the connection in as its person; also keeps its place among the person's connections. @throws RealtimeRefusal */
  async signIn(socketId: string) {
    return UserSignature.parse(await this.ask({ socket_id: socketId }));
  }

  async #send(socketId: string) {
    const waiting = this.#waiting.get(socketId) ?? [];
    this.#waiting.delete(socketId);
    const answer = await this.#signAll(socketId, [...new Set(waiting.map(({ channel }) => channel))]);
    for (const { channel, done } of waiting) {
      if (answer instanceof RealtimeRefusal) done(answer);
      else done(answer[channel]?.data ?? new RealtimeRefusal(answer[channel]?.status ?? 403));
    }
  }

  async #signAll(socketId: string, channels: string[]): Promise<z.infer<typeof Batch> | RealtimeRefusal> {
    try {
      return Batch.parse(await this.ask({ socket_id: socketId, channel_name: channels }));
    } catch (error) {
      return error instanceof RealtimeRefusal ? error : new RealtimeRefusal(0);
    }
  }
}

type SignedChannel = (error: Error | null, signed: { auth: string } | null) => void;
type SignedUser = (error: Error | null, signed: { auth: string; user_data: string } | null) => void;

/** The same in the shape of pusher-js's options. */
export const authorizationOptions = (authorizer: ChannelAuthorizer) => ({
  channelAuthorization: {
    customHandler: ({ socketId, channelName }: { socketId: string; channelName: string }, done: SignedChannel) =>
      authorizer.authorize(socketId, channelName, (answer) =>
        answer instanceof RealtimeRefusal ? done(answer, null) : done(null, answer),
      ),
  },
  userAuthentication: {
    customHandler: ({ socketId }: { socketId: string }, done: SignedUser) => void signUser(authorizer, socketId, done),
  },
});

async function signUser(authorizer: ChannelAuthorizer, socketId: string, done: SignedUser) {
  const signed = await authorizer.signIn(socketId).catch(() => null);
  if (signed) done(null, signed);
  else done(new Error("sign-in to the realtime server was refused"), null);
}
