import "server-only";
import postgres from "postgres";
import { reconnectAfterS } from "./lost-connection";

/** A plain connection of the GPS path: no ORM graph between a fix and its row. */
export type IngestSql = postgres.Sql;
export type IngestTx = postgres.ISql;

/**
 * Opens the connections of the GPS path, as the app role.
 * @param url - postgres URL of the app role
 * @param options.max - connections
 * @param options.timeoutMs - when a statement that hangs is given up, ten seconds unless said, so that its batch can
 *   answer 503; 0 = never
 */
export const openIngest = (url: string, options: { max: number; prepare: boolean; timeoutMs?: number }): IngestSql =>
  postgres(url, {
    max: options.max,
    prepare: options.prepare,
    connect_timeout: 5,
    backoff: reconnectAfterS,
    connection: { application_name: "runboard-ingest", statement_timeout: options.timeoutMs ?? 10_000 },
    onnotice: () => undefined,
  });

/** One transaction as the role that may append fixes of every agency and nothing else. */
export const asIngest = <T>(sql: IngestSql, work: (tx: IngestTx) => Promise<T>): Promise<T> =>
  sql.begin(async (tx) => {
    // Sent before the first statement and not awaited by itself: both travel together. A query is lazy until `execute`.
    const role = tx`set local role runboard_ingest`.execute();
    const [, result] = await Promise.all([role, work(tx)]);
    return result;
  }) as Promise<T>;

/**
 * The same transaction in one journey: what begins it, every statement and what ends it are sent together, so that a
 * commit waits for the disk once and for the event loop once. No statement may need what another one answered.
 * @param statements - sends them all (`execute`) before it waits for anything, and resolves with what they answered
 * @throws what the first of them failed with; then none of them happened
 */
export async function asIngestAtOnce<T>(sql: IngestSql, statements: (tx: IngestTx) => Promise<T>): Promise<T> {
  const connection = await sql.reserve();
  try {
    const opened = connection`begin`.execute();
    const role = connection`set local role runboard_ingest`.execute();
    const work = statements(connection);
    // After a failure this is a rollback: the server refuses every statement in between.
    const closed = connection`commit`.execute();
    const [begun, taken, result, ended] = await Promise.allSettled([opened, role, work, closed]);
    for (const part of [begun, taken, result, ended]) if (part.status === "rejected") throw part.reason;
    return (result as PromiseFulfilledResult<T>).value;
  } finally {
    connection.release();
  }
}
