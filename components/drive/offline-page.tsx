"use client";

import { useEffect } from "react";

/** Keeps the page itself on the phone, so that it opens without signal. */
export function OfflinePage() {
  useEffect(() => {
    if (!("serviceWorker" in navigator)) return;
    // A browser that refuses (private mode) still has the page, only not without signal.
    navigator.serviceWorker.register("/drive-worker.js", { scope: "/drive" }).catch(() => undefined);
  }, []);
  return null;
}
