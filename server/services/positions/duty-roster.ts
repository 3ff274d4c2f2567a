import "server-only";
import { LRUCache } from "lru-cache";
import type { DutyRow } from "@/db/queries/ingest-lookups";
import { type Duty, dutyAt } from "@/server/domain/gps/duty";
import { groupBy } from "@/server/domain/group-by";
import { GroupCommit } from "./group-commit";
import type { IngestNews, LookedUp } from "./ingest-news";

type Subject = { agencyId: string; subjectId: string };
type Entry = { duties: Duty[]; before: LookedUp; settled: LookedUp };

/** Which shift a vehicle or a person was signed on to, cached and looked up in batches. */
export class DutyRoster {
  readonly #known = new LRUCache<string, Entry>({ max: 50_000 });
  readonly #loads: GroupCommit<Subject, Duty[]>;

  constructor(
    findDuty: (subjects: Subject[]) => PromiseLike<DutyRow[]>,
    private readonly news: IngestNews,
  ) {
    this.#loads = new GroupCommit<Subject, Duty[]>({
      writers: 1,
      maxBatch: 1_000,
      maxWaiting: 50_000,
      write: async (subjects) => {
        const rows = groupBy(await findDuty(subjects), (row) => row.subjectId);
        return subjects.map(({ subjectId }) => rows.get(subjectId) ?? []);
      },
    });
    news.onNews(({ kind, id }) => {
      if (kind === "duty") this.#known.delete(id);
    });
  }

  /**
   * The duties of a vehicle or person, sure to cover `moments` if the database has any that do.
   * @param strict - look again when a moment is not covered although the cache may be believed (a sign-on a moment ago)
   */
  async of(subject: Subject, moments: Date[], graceMs: number, strict: boolean): Promise<Duty[]> {
    const entry = this.#known.get(subject.subjectId);
    const isBelieved = entry && this.news.isFresh(entry.before, entry.settled);
    if (isBelieved && (!strict || moments.every((at) => dutyAt(entry.duties, at, graceMs)))) return entry.duties;
    const before = this.news.mark();
    const duties = await this.#loads.submit(subject);
    this.#known.set(subject.subjectId, { duties, before, settled: this.news.mark() });
    return duties;
  }
}
