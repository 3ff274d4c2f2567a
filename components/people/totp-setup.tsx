"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toDataURL } from "qrcode";
import { useEffect, useState } from "react";
import { refusalAt, refusalText } from "@/components/lib/errors";
import { useTRPC } from "@/components/lib/trpc";
import { Button } from "@/components/ui/button";
import { AuthField } from "./auth-field";

type Props = { secret: string; uri: string; onConfirmed: (recoveryCodes: string[]) => void };

/** The QR code to scan, and the first code that proves it was. The picture is made here: the secret goes nowhere else. */
export function TotpSetup({ secret, uri, onConfirmed }: Props) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const [code, setCode] = useState("");
  const picture = useQrCode(uri);
  const confirm = useMutation(
    trpc.session.confirmTotp.mutationOptions({
      onSuccess: async ({ recoveryCodes }) => {
        onConfirmed(recoveryCodes);
        await client.invalidateQueries(trpc.session.account.pathFilter());
      },
    }),
  );
  const { error } = confirm;
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        confirm.mutate({ code });
      }}
    >
      <p>Scan this with the app, or type the key.</p>
      <div className="size-44">
        {/* oxlint-disable-next-line nextjs/no-img-element -- a data: picture needs no optimising */}
        {picture && <img src={picture} alt="QR code of the authenticator's key" width={176} height={176} />}
      </div>
      <output aria-label="Key" className="select-all break-all font-mono text-table">
        {secret}
      </output>
      <AuthField
        first
        label="Code that the app shows"
        name="code"
        autoComplete="one-time-code"
        error={error && (refusalAt(error, "code") ?? refusalText(error))}
        value={code}
        onValueChange={setCode}
      />
      <Button type="submit" variant="primary" className="self-start" busy={confirm.isPending} disabled={code === ""}>
        Turn it on
      </Button>
    </form>
  );
}

/** A QR code as a picture; null until it is drawn. */
function useQrCode(text: string): string | null {
  const [picture, setPicture] = useState<string | null>(null);
  useEffect(() => {
    let isCurrent = true;
    toDataURL(text, { margin: 2, width: 352 }).then(
      (url) => isCurrent && setPicture(url),
      () => isCurrent && setPicture(null),
    );
    return () => {
      isCurrent = false;
    };
  }, [text]);
  return picture;
}
