import type { Refusal } from "@/db/constraint-errors";
import { AppError } from "@/server/errors";

export const USER_REFUSALS: Record<string, Refusal> = {
  users_one_per_account: { path: "email", code: "taken", message: "this agency has a user with this e-mail" },
  accounts_email_unique: { path: "email", code: "taken", message: "another account has this e-mail" },
};

/** An admin must not get at what a person has in other agencies through a link, a new e-mail or a removed code. */
export const sharedAccount = () =>
  new AppError("rule_broken", "this person belongs to another agency too and changes this themselves", [
    { path: "", code: "shared_account", message: "the account is shared with another agency" },
  ]);

export const lastAdmin = () =>
  new AppError("rule_broken", "an agency keeps at least one admin", [
    { path: "roles", code: "last_admin", message: "this is the last active admin" },
  ]);
