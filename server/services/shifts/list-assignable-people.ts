import "server-only";
import { allPeople } from "@/db/queries/shifts";
import type { Ctx } from "@/server/context";
import { read } from "@/server/services/unit-of-work";

/** Everybody who may be put on a shift, crews first. */
export const listAssignablePeople = (ctx: Ctx): Promise<{ id: string; name: string; email: string; crew: boolean }[]> =>
  read(ctx, async (tx) => {
    const people = await allPeople(tx, ctx.actor.agencyId);
    const shown = people.map(({ id, name, email, roles }) => ({ id, name, email, crew: roles.includes("crew") }));
    return shown.toSorted((a, b) => Number(b.crew) - Number(a.crew) || a.name.localeCompare(b.name));
  });
