import "server-only";
import { database } from "@/server/database";
import { env } from "@/server/env";
import { AppError } from "@/server/errors";
import { newId } from "@/server/ids";
import { findJob } from "@/server/jobs/registry";
import { runJob } from "@/server/jobs/run-job";
import { sameSecret } from "@/server/security/tokens";
import { errorResponse } from "./rest/kit/respond";

/** Runs one job for an outside scheduler that knows CRON_SECRET: 200 `{ran}`; false when it is running already. */
export async function triggerJob(request: Request, name: string): Promise<Response> {
  const requestId = newId();
  try {
    const given = /^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "")?.[1];
    if (!given || !sameSecret(given, env().CRON_SECRET))
      throw new AppError("unauthenticated", "send CRON_SECRET as Authorization: Bearer");
    const job = findJob(name);
    if (!job) throw new AppError("not_found", "no such job");
    return Response.json({ ran: await runJob(job, { db: database(), now: new Date() }) });
  } catch (error) {
    return errorResponse(error, requestId);
  }
}
