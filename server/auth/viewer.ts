import "server-only";
import type { ConsoleSession } from "./console";

/** Who sits here and for which agency, as every signed-in page may know it. */
export function viewerOf({ me, agency }: Pick<ConsoleSession, "me" | "agency">) {
  const { id, name, timeZone, distanceUnit } = agency;
  return {
    userId: me.id,
    name: me.name,
    email: me.email,
    roles: me.roles,
    agency: { id, name, timeZone, distanceUnit },
  };
}
