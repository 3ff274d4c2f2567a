"use client";

import { useState } from "react";
import { useShortcuts } from "@/components/lib/keys";
import { later, useEver } from "@/components/lib/later";

const KeysDialog = later(() => import("./keys-dialog").then((part) => part.KeysDialog));

/** `?`: the list of the keys. */
export function KeysHelp() {
  const [open, setOpen] = useState(false);
  useShortcuts([{ id: "keys", keys: "?", label: "List the keys", group: "Everywhere", run: () => setOpen(true) }]);
  return useEver(open) && <KeysDialog open={open} onOpenChange={setOpen} />;
}
