"use client";

import { CSPProvider } from "@base-ui/react/csp-provider";
import type { ReactNode } from "react";
import { ApiProvider } from "@/components/lib/trpc";
import { Toasts } from "@/components/ui/toast";
import { Tooltips } from "@/components/ui/tooltip";

/** What every page needs around it. The nonce is for style elements that a control may add under our strict policy. */
export function Providers({ nonce, children }: { nonce?: string; children: ReactNode }) {
  return (
    <CSPProvider nonce={nonce}>
      <ApiProvider>
        {children}
        <Tooltips />
        <Toasts />
      </ApiProvider>
    </CSPProvider>
  );
}
