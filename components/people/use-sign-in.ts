"use client";

import { useState } from "react";
import { type SignInRefusal, signInWithPassword } from "./auth-calls";
import { refusalWords } from "./refusal-words";
import { useCountdown } from "./use-countdown";

const failed = (): SignInRefusal => ({ code: "internal", waitS: null });

/** The steps of signing in: asks for a code where the account has a second factor, counts a wait down. */
export function useSignIn({ next, cameBackWith }: { next: string; cameBackWith: string | null }) {
  const [fields, setFields] = useState({ email: "", password: "", totp: "" });
  const [asksCode, setAsksCode] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(cameBackWith && refusalWords({ code: cameBackWith, waitS: null }));
  const [waitS, wait] = useCountdown();
  const submit = async () => {
    setBusy(true);
    const { email, password, totp } = fields;
    const refusal = await signInWithPassword({ email, password, ...(asksCode && { totp }) }).catch(failed);
    if (!refusal) return location.assign(next);
    setBusy(false);
    if (refusal.waitS) wait(refusal.waitS);
    if (refusal.code === "totp_required") setAsksCode(true);
    setError(refusal.code === "totp_required" ? null : refusalWords(refusal));
  };
  const set = (name: keyof typeof fields) => (value: string) => setFields((now) => ({ ...now, [name]: value }));
  return { fields, set, asksCode, busy, error, waitS, submit };
}
