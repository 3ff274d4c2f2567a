"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Tabs } from "@/components/ui/tabs";
import type { Device } from "@/server/domain/devices/device";
import type { PairingApp } from "@/server/domain/devices/pairing";
import { FirstFix } from "./first-fix";

/** A device whose token was just made: what is shown here is not kept anywhere. */
export type Paired = Pick<Device, "id" | "label"> & { apps: (PairingApp & { qr: string })[] };

/** How to set up each app, by QR code or by hand; waits for the phone and shows its first fix. */
export function PairingDialog({ paired, onClose }: { paired: Paired; onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Pair ${paired.label}`}
      description="The token is shown this once. Whoever has it can send positions for this device, and nothing else."
      className="max-w-180"
      footer={
        <>
          <FirstFix deviceId={paired.id} />
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <Tabs
        className="min-h-96"
        tabs={paired.apps.map((app) => ({ value: app.app, label: app.name, content: <AppSetup app={app} /> }))}
      />
    </Dialog>
  );
}

const PLATFORMS = { android: "Android", ios: "iPhone" } as const;

function AppSetup({ app }: { app: Paired["apps"][number] }) {
  return (
    <div className="flex gap-5 pt-4 max-sm:flex-col">
      <figure className="shrink-0">
        {/* oxlint-disable-next-line nextjs/no-img-element -- a data: image made for this token */}
        <img src={app.qr} alt={`QR code that sets up ${app.name}`} className="size-56 rounded-md bg-white" />
        <figcaption className="mt-1 text-center text-ink-3 text-label">
          {app.platforms.map((platform) => PLATFORMS[platform]).join(", ")}: scan with the camera or the app
        </figcaption>
      </figure>
      <div className="min-w-0 flex-1">
        <h3 className="mb-1 font-medium">Or type these settings</h3>
        <dl className="grid grid-cols-[auto_1fr] items-center gap-x-3">
          {app.settings.map((setting) => (
            <Setting key={setting.name} {...setting} />
          ))}
        </dl>
        <h3 className="mt-3 mb-1 font-medium">Allow on the phone</h3>
        <ul className="list-disc pl-4 text-ink-2">
          {app.permissions.map((permission) => (
            <li key={permission}>{permission}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function Setting({ name, value }: { name: string; value: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
  };
  return (
    <>
      <dt className="whitespace-nowrap text-ink-2">{name}</dt>
      <dd className="flex min-w-0 items-center gap-1">
        <code className="truncate font-sans" title={value}>
          {value}
        </code>
        <IconButton
          icon={copied ? Check : Copy}
          label={copied ? "Copied" : `Copy ${name}`}
          onClick={() => void copy().catch(() => setCopied(false))}
        />
      </dd>
    </>
  );
}
