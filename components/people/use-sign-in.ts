"use client";

import { useState } from "react";
import { type SignInRefusal, signInWithPassword } from "./auth-calls";
import { refusalWords } from "./refusal-words";
import { useCountdown } from "./use-countdown";

const failed = (): SignInRefusal => ({ code: "internal", waitS: null });

const textOf = (data: FormData, name: string): string => {
  const value = data.get(name);
  return typeof value === "string" ? value : "";
};

/** The steps of signing in: asks for a code where the account has a second factor, counts a wait down. */
export function useSignIn({ next, cameBackWith }: { next: string; cameBackWith: string | null }) {
  const [asksCode, setAsksCode] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(cameBackWith && refusalWords({ code: cameBackWith, waitS: null }));
  const [waitS, wait] = useCountdown();
  const submit = async (form: HTMLFormElement) => {
    setBusy(true);
    const data = new FormData(form);
    const given = { email: textOf(data, "email"), password: textOf(data, "password") };
    const refusal = await signInWithPassword({ ...given, ...(asksCode && { totp: textOf(data, "totp") }) }).catch(
      failed,
    );
    if (!refusal) return location.assign(next);
    setBusy(false);
    if (refusal.waitS) wait(refusal.waitS);
    if (refusal.code === "totp_required") setAsksCode(true);
    setError(refusal.code === "totp_required" ? null : refusalWords(refusal));
  };
  return { asksCode, busy, error, waitS, submit };
}
