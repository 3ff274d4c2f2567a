"use client";

import { formatMoment } from "@/components/lib/format";
import { useAgency } from "@/components/lib/viewer";
import { linkHere } from "./link-here";
import { SecretDialog } from "./secret-dialog";

export type ShownLink = { name: string; kind: "invite" | "reset"; url: string; expiresAt: string };

/** A one-time link to hand over. */
export function LinkDialog({
  link: { name, kind, url, expiresAt },
  onClose,
}: {
  link: ShownLink;
  onClose: () => void;
}) {
  const { timeZone } = useAgency();
  const until = formatMoment(new Date(expiresAt), timeZone);
  return (
    <SecretDialog
      title={kind === "invite" ? `Invitation for ${name}` : `New password for ${name}`}
      description={`Hand this link to ${name}. It works once, until ${until}, and is shown only now.`}
      label="One-time link"
      text={linkHere(url)}
      onClose={onClose}
    />
  );
}
