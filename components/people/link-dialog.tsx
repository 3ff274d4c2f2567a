"use client";

import { formatMoment } from "@/components/lib/format";
import { useAgency } from "@/components/lib/viewer";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { SecretOnce } from "./secret-once";

export type ShownLink = { name: string; kind: "invite" | "reset"; url: string; expiresAt: string };

/** A one-time link to hand over. It is not kept: closing this is the last that is seen of it. */
export function LinkDialog({ link, onClose }: { link: ShownLink; onClose: () => void }) {
  const { timeZone } = useAgency();
  // The address people use here may differ from the one the server knows itself by.
  const url = `${location.origin}/link${new URL(link.url).hash}`;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={link.kind === "invite" ? `Invitation for ${link.name}` : `New password for ${link.name}`}
      description={`Hand this link to ${link.name}. It works once, until ${formatMoment(new Date(link.expiresAt), timeZone)}, and is shown only now.`}
      footer={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <SecretOnce label="One-time link" text={url} />
    </Dialog>
  );
}
