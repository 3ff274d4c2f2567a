import "server-only";
import postgres from "postgres";
import { reconnectAfterS } from "./lost-connection";

/** A plain connection of the GPS path: no ORM graph between a fix and its row. */
export type IngestSql = postgres.Sql;
export type IngestTx = postgres.TransactionSql;

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

/**
 * One transaction as the role that may append fixes of every agency and nothing else. What `work` sends (`execute`) before
 * it waits for anything travels with the role in one journey.
 */
export const asIngest = <T>(sql: IngestSql, work: (tx: IngestTx) => Promise<T>): Promise<T> =>
  sql.begin(async (tx) => {
    // Sent before the first statement and not awaited by itself: both travel together. A query is lazy until `execute`.
    const role = tx`set local role runboard_ingest`.execute();
    const [, result] = await Promise.all([role, work(tx)]);
    return result;
  }) as Promise<T>;
