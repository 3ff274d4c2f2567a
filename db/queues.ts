import PgBoss from "pg-boss";
import postgres from "postgres";

/**
 * Queues by urgency: dispatch and GPS, completion and billing, reports and notices; and the one of long searches, so that
 * nothing waits behind them. Failed jobs end in the last one.
 */
export const QUEUES = ["high", "normal", "low", "planning"] as const;
export const DEAD_LETTERS = "dead_letter";
export type QueueName = (typeof QUEUES)[number];

/**
 * Makes the job tables and queues, as the role that owns the schema: the app role owns nothing, so it may use queues
 * but not make them. May run again.
 */
export async function installQueues(ownerUrl: string): Promise<void> {
  const boss = new PgBoss({ connectionString: ownerUrl, max: 1, supervise: false, schedule: false });
  boss.on("error", () => undefined);
  await boss.start();
  try {
    const existing = new Set((await boss.getQueues()).map(({ name }) => name));
    for (const name of [DEAD_LETTERS, ...QUEUES]) {
      if (!existing.has(name)) await boss.createQueue(name, queueOptions(name));
    }
  } finally {
    await boss.stop({ graceful: false, wait: true });
  }
  await grantQueues(ownerUrl);
}

const queueOptions = (name: string): PgBoss.Queue => ({
  name,
  policy: "standard",
  retryLimit: 3,
  retryDelay: 5,
  retryBackoff: true,
  ...(name !== DEAD_LETTERS && { deadLetter: DEAD_LETTERS }),
});

async function grantQueues(ownerUrl: string): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => undefined });
  try {
    await sql`grant usage on schema pgboss to runboard_app`;
    await sql`grant select, insert, update, delete on all tables in schema pgboss to runboard_app`;
  } finally {
    await sql.end();
  }
}
