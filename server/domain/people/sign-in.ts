import { z } from "zod";
import { EmailSchema, MeSchema } from "./user";

export const SignInInput = z.strictObject({
  email: EmailSchema,
  password: z.string().min(1).max(1_000),
  /** Six digits of the authenticator, or a recovery code. */
  totp: z.string().trim().max(40).optional(),
});
export type SignInInput = z.output<typeof SignInInput>;

/** What a sign-in gives a device to be known by: 256 bits of ours, never a word of a caller's own choice. */
export const DeviceToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

export const RefreshInput = z.strictObject({ refreshToken: z.string().min(1).max(200) });

/** What an API client gets when it signs in or refreshes. */
export const TokensSchema = z.object({
  accessToken: z.string(),
  /** Seconds. */
  expiresInS: z.int(),
  refreshToken: z.string(),
  user: MeSchema,
});
export type Tokens = z.output<typeof TokensSchema>;
