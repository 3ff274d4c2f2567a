"use client";

import { useEffect } from "react";
import { toastLayer } from "@/components/ui/toast";
import { ToastLayer } from "@/components/ui/toast-layer";
import { AwayView } from "./away-view";

// The page is opened without a server: what it says must not have to be fetched.
toastLayer.give(ToastLayer);

const ASK_EVERY_MS = 3_000;

/** What opens instead of the console while the server is away; it goes on to the board when the server is back. */
export function AwayPage() {
  useEffect(() => {
    const timer = setInterval(() => {
      void isReady().then((ready) => {
        if (ready) location.replace("/board");
      });
    }, ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <main className="flex h-dvh flex-col">
      <h1 className="sr-only">The server is away</h1>
      <AwayView />
    </main>
  );
}

async function isReady(): Promise<boolean> {
  try {
    return (await fetch("/api/ready", { cache: "no-store" })).ok;
  } catch {
    return false; // not reached
  }
}
