import { z } from "zod";
import { request } from "./api-client";
import type { Fix } from "./gps";

const MAX_QUEUED = 720;
const MAX_SENT = 400;
const Answer = z.object({
  accepted: z.number(),
  duplicates: z.number(),
  quarantined: z.array(z.object({ code: z.string() })),
});

export type Tally = { sent: number; accepted: number; quarantined: number; failed: number };
export const newTally = (): Tally => ({ sent: 0, accepted: 0, quarantined: 0, failed: 0 });

/** The GPS app of one truck: posts each fix with its device token, keeps what could not be sent, gives up the oldest. */
export class Reporter {
  private readonly queue: Fix[] = [];
  private isSending = false;
  /** The server no longer knows the token. */
  isRevoked = false;

  constructor(
    private readonly url: string,
    private readonly token: string,
    private readonly tally: Tally,
    private readonly signal: AbortSignal,
  ) {}

  /** Hands over a fix; never throws and never waits. */
  report(fix: Fix): void {
    this.queue.push(fix);
    if (this.queue.length > MAX_QUEUED) this.queue.shift();
    if (!this.isSending) void this.flush();
  }

  private async flush(): Promise<void> {
    this.isSending = true;
    try {
      while (this.queue.length > 0 && !this.isRevoked && !this.signal.aborted) {
        const fixes = this.queue.slice(0, MAX_SENT);
        if (!(await this.send(fixes))) return;
        this.queue.splice(0, fixes.length);
      }
    } finally {
      this.isSending = false;
    }
  }

  /** @returns whether the fixes are done with: stored, or refused for good */
  private async send(fixes: Fix[]): Promise<boolean> {
    const headers = { authorization: `Bearer ${this.token}`, "content-type": "application/json" };
    const body = JSON.stringify(fixes.length === 1 ? fixes[0] : { fixes });
    try {
      const response = await request(`${this.url}/api/v1/positions`, { method: "POST", headers, body }, this.signal);
      this.tally.sent += fixes.length;
      if (response.ok) {
        const answer = Answer.parse(await response.json());
        this.tally.accepted += answer.accepted;
        this.tally.quarantined += answer.quarantined.length;
        return true;
      }
      await response.body?.cancel();
      this.tally.failed += fixes.length;
      this.isRevoked = response.status === 401;
      return response.status < 500 && response.status !== 429;
    } catch {
      // Out of reach: the fixes stay queued and go with a later one.
      return false;
    }
  }
}
