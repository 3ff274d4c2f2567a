"use client";

import { Dialog } from "@base-ui/react/dialog";
import { Lock } from "lucide-react";
import { useRef, useState } from "react";
import { useViewer } from "@/components/lib/viewer";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type Props = {
  locked: boolean;
  /** Resumes with the password; answers with why not, or null. */
  onResume: (password: string) => Promise<string | null>;
  onSignOut: () => void;
};

/** Nobody was here for a while: the board stays live behind this, without patient data; drafts are kept. */
export function IdleLock({ locked, onResume, onSignOut }: Props) {
  const viewer = useViewer();
  const [password, setPassword] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const resume = async () => {
    setBusy(true);
    const refusal = await onResume(password).finally(() => setBusy(false));
    setError(refusal);
    setPassword("");
    if (refusal) input.current?.focus();
  };
  return (
    <Dialog.Root open={locked} disablePointerDismissal onOpenChange={() => undefined}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-50" />
        <Dialog.Popup
          initialFocus={input}
          className="popup fixed top-2 left-1/2 z-50 w-88 max-w-[calc(100vw-16px)] -translate-x-1/2 p-4"
        >
          <Dialog.Title className="flex items-center gap-2 font-semibold text-title">
            <Lock size={16} aria-hidden="true" /> Locked
          </Dialog.Title>
          <Dialog.Description className="mt-1 text-ink-2 text-table">
            The board stays live without patient data. Drafts are kept.
          </Dialog.Description>
          <form
            className="mt-3 flex flex-col gap-3"
            onSubmit={(event) => {
              event.preventDefault();
              void resume();
            }}
          >
            <Field label={`Password of ${viewer.name}`} error={error}>
              {(control) => (
                <Input
                  {...control}
                  ref={input}
                  type="password"
                  autoComplete="current-password"
                  value={password}
                  onValueChange={setPassword}
                />
              )}
            </Field>
            <div className="flex justify-between">
              <Button variant="ghost" onClick={onSignOut}>
                Sign out
              </Button>
              <Button type="submit" variant="primary" busy={busy} disabled={password === ""}>
                Resume
              </Button>
            </div>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
