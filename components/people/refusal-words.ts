import type { SignInRefusal } from "./auth-calls";

const minutes = (seconds: number) => (seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`);

/** What to say when somebody was not let in. */
export function refusalWords({ code, waitS }: SignInRefusal): string {
  switch (code) {
    case "bad_credentials":
    case "CredentialsSignin":
      return "E-mail, password or code is wrong.";
    case "rate_limited":
      return `Too many failed attempts. Try again in ${minutes(waitS ?? 60)}.`;
    case "unavailable":
      return "Many people are signing in right now. Try again in a moment.";
    case "AccessDenied":
      return "This person has no account here, or the e-mail is not verified.";
    default:
      return "Signing in failed. Try again.";
  }
}
