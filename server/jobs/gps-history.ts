import { archiveDatabase } from "@/server/ingest-database";
import { archiveStore } from "@/server/integrations/archive/archive-store";
import { archiveHistory } from "@/server/services/positions/archive-history";
import { maintainPartitions } from "@/server/services/positions/maintain-partitions";
import { defineJob } from "./define-job";

export const partitionsJob = defineJob({
  name: "partitions",
  priority: "high",
  everyS: 3_600,
  run: ({ now }) => maintainPartitions(archiveDatabase(), now),
});

export const archiveJob = defineJob({
  name: "archive",
  priority: "low",
  everyS: 3_600,
  run: async ({ now }) => {
    await archiveHistory({ sql: archiveDatabase(), store: archiveStore() }, now);
  },
});
