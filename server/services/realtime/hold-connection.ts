import "server-only";
import { dropRealtimeLeases, lockRealtimeLeases, putRealtimeLeases, realtimeLeasesOf } from "@/db/queries/realtime";
import type { Ctx } from "@/server/context";
import { LEASE_S, MAX_CONNECTIONS } from "@/server/domain/realtime/may-subscribe";
import { AppError } from "@/server/errors";
import { isRealtimeError } from "@/server/integrations/pusher/answer";
import type { RealtimePublisher, SocketsSeen } from "@/server/integrations/pusher/publisher";
import { read, write } from "@/server/services/unit-of-work";

/** A person who may connect; keys and jobs don't. */
export type Person = Extract<Ctx["actor"], { kind: "user" }>;

/**
 * Gives a person's socket one of the three places for two minutes, or prolongs it. The embedded server says which of the
 * other places belong to sockets that have closed, so that a reload does not wait for its predecessor's lease.
 * @throws AppError forbidden for a fourth connection or somebody else's socket; unavailable without a realtime server
 */
export async function holdConnection(ctx: Ctx, person: Person, socketId: string, realtime: RealtimePublisher) {
  const { agencyId, userId, sessionId } = person;
  const known = await read(ctx, (tx) => realtimeLeasesOf(tx, agencyId, userId));
  const isHeld = known.some((lease) => lease.socketId === socketId && lease.expiresAt > ctx.now);
  const others = known.map((lease) => lease.socketId).filter((id) => id !== socketId);
  const state = isHeld ? null : await claim(realtime, userId, socketId, others.slice(-100));
  const expiresAt = new Date(ctx.now.getTime() + LEASE_S * 1000);
  const lease = (id: string) => ({ agencyId, userId, socketId: id, sessionId, expiresAt });
  await write(ctx, async (tx) => {
    if (isHeld) return putRealtimeLeases(tx, [lease(socketId)]);
    await lockRealtimeLeases(tx, userId);
    await dropRealtimeLeases(tx, agencyId, userId, state ? [...state.closed, ...ofBefore(known, state)] : []);
    await putRealtimeLeases(tx, (state?.open ?? []).map(lease));
    const left = await realtimeLeasesOf(tx, agencyId, userId);
    const living = left.filter(({ socketId: id, expiresAt: until }) => id !== socketId && until > ctx.now);
    if (living.length >= MAX_CONNECTIONS) throw tooMany();
    await putRealtimeLeases(tx, [lease(socketId)]);
  });
}

/** Leases that are older than the realtime server, on sockets that it does not hold: of the one that was here before. */
const ofBefore = (known: { socketId: string; expiresAt: Date }[], { open, since }: SocketsSeen): string[] =>
  known
    .filter(({ socketId, expiresAt }) => !open.includes(socketId) && expiresAt.getTime() - LEASE_S * 1_000 < since)
    .map(({ socketId }) => socketId);

const tooMany = () =>
  new AppError("forbidden", `a person has at most ${MAX_CONNECTIONS} live connections`, [
    { code: "too_many_connections", message: "close another window, or wait two minutes" },
  ]);

async function claim(realtime: RealtimePublisher, userId: string, socketId: string, others: string[]) {
  try {
    return await realtime.claimSocket(userId, socketId, others);
  } catch (error) {
    if (!isRealtimeError(error)) throw error;
    if (error.status === 409) throw new AppError("forbidden", "this connection is somebody else's");
    throw new AppError("unavailable", "the realtime server does not answer", [], 2);
  }
}
