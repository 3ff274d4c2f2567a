"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { toastError } from "@/components/ui/toast";

/** Something that is shown this once, and a button that copies it. */
export function SecretOnce({ label, text }: { label: string; text: string }) {
  const [copied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => toastError("Copying was not allowed", "Select the text and copy it by hand."),
    );
  return (
    <div className="flex flex-col gap-2">
      <output aria-label={label} className="select-all break-all rounded-md bg-sunken p-2 font-mono text-table">
        {text}
      </output>
      <Button className="self-start" onClick={() => void copy()}>
        {copied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
        {copied ? "Copied" : "Copy"}
      </Button>
    </div>
  );
}
