import "server-only";
import { z } from "zod";
import { allowed, open, router } from "@/server/api/trpc";
import { AppError } from "@/server/errors";
import { AcceptLinkInput, acceptLink, LinkInput, readLink } from "@/server/services/people/accept-link";
import { ChangePasswordInput, changePassword } from "@/server/services/people/change-password";
import { ConfirmTotpInput, confirmTotp } from "@/server/services/people/confirm-totp";
import { DisableTotpInput, disableTotp } from "@/server/services/people/disable-totp";
import { enrolTotp } from "@/server/services/people/enrol-totp";
import { getAccount } from "@/server/services/people/get-account";
import { listSessions } from "@/server/services/people/list-sessions";
import { lockConsole, touchConsole, unlockConsole } from "@/server/services/people/lock-console";
import { revokeSession } from "@/server/services/people/revoke-session";
import { listPlaces } from "@/server/services/people/switch-agency";

/** For whoever sits at a console, locked or not. */
const atConsole = open.use(({ ctx: { actor, ...rest }, next }) => {
  if (actor?.kind !== "user") throw new AppError("unauthenticated", "sign in first");
  return next({ ctx: { ...rest, actor } });
});

export const sessionRouter = router({
  lock: atConsole.mutation(({ ctx }) => lockConsole(ctx)),
  unlock: atConsole
    .input(z.strictObject({ password: z.string().min(1).max(1_000) }))
    .mutation(({ ctx, input }) => unlockConsole(ctx, input.password)),
  /** Called while somebody is active. Answers whether the console is locked. */
  touch: atConsole.mutation(async ({ ctx }) => {
    await touchConsole(ctx);
    return { locked: ctx.locked };
  }),
  places: allowed("me.read").query(({ ctx }) => listPlaces(ctx)),
  account: allowed("me.read").query(({ ctx }) => getAccount(ctx)),
  changePassword: allowed("me.read")
    .input(ChangePasswordInput)
    .mutation(({ ctx, input }) => changePassword(ctx, input)),
  enrolTotp: allowed("me.read").mutation(({ ctx }) => enrolTotp(ctx)),
  confirmTotp: allowed("me.read")
    .input(ConfirmTotpInput)
    .mutation(({ ctx, input }) => confirmTotp(ctx, input)),
  disableTotp: allowed("me.read")
    .input(DisableTotpInput)
    .mutation(({ ctx, input }) => disableTotp(ctx, input)),
  list: allowed("me.read")
    .input(z.strictObject({ everybody: z.boolean().default(false) }))
    .query(({ ctx, input }) => listSessions(ctx, input)),
  revoke: allowed("me.read")
    .input(z.strictObject({ id: z.uuid() }))
    .mutation(({ ctx, input }) => revokeSession(ctx, input.id)),
  readLink: open.input(LinkInput).mutation(({ ctx, input }) => readLink(ctx, input)),
  acceptLink: open.input(AcceptLinkInput).mutation(({ ctx, input }) => acceptLink(ctx, input)),
});
