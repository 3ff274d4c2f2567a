import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { assignments, facilities, riders, stops, trips } from "@/db/schema";
import { uuidArray } from "./array-literal";

/**
 * A stamp of what these shifts have to do: another one whenever a row of `tripsOfShifts` or `planningStops` comes, goes
 * or is written. Each version of a row has a place and a writing transaction of its own (`ctid`, `xmin`), whichever
 * columns were written. A shift without any such row has no stamp.
 */
export const manifestStamps = (tx: Tx, agencyId: string, shiftIds: readonly string[]) =>
  tx.execute<{ shiftId: string; stamp: string }>(sql`
    select shift_id as "shiftId", md5(string_agg(version, ' ' order by version)) as stamp
    from (
      select a.shift_id, concat_ws('.', 't', t.ctid, t.xmin, a.ctid, a.xmin, r.ctid, r.xmin, '|', p.ctid, p.xmin, '|',
        d.ctid, d.xmin) as version
      from ${assignments} a
      join ${trips} t on t.agency_id = a.agency_id and t.current_assignment_id = a.id
      left join ${riders} r on r.agency_id = t.agency_id and r.id = t.rider_id
      left join ${facilities} p on p.agency_id = t.agency_id and p.id = t.pickup_facility_id
      left join ${facilities} d on d.agency_id = t.agency_id and d.id = t.dropoff_facility_id
      where a.agency_id = ${agencyId} and a.shift_id = any(${uuidArray(shiftIds)}::uuid[]) and a.current and t.closed_at is null
      union all
      select s.shift_id, concat_ws('.', 's', s.ctid, s.xmin)
      from ${stops} s
      where s.agency_id = ${agencyId} and s.shift_id = any(${uuidArray(shiftIds)}::uuid[])
        and s.removed_at is null and s.departed_at is null
    ) versions
    group by shift_id`);
