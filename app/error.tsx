"use client";

import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** A page failed. It says so plainly; what went wrong is in the server's log under this number. */
export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  useEffect(() => {
    document.title = "Page failed · Runboard";
  }, []);
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState title="This page failed to load" action={<Button onClick={reset}>Load it again</Button>}>
        Drafts and dispatches are not affected.{error.digest ? ` Reference ${error.digest}.` : ""}
      </EmptyState>
    </main>
  );
}
