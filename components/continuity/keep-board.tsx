"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { refusalOf } from "@/components/lib/errors";
import { useLocked } from "@/components/lib/privacy";
import { useTRPC } from "@/components/lib/trpc";
import { useViewer } from "@/components/lib/viewer";
import { forgetBoard, keepBoard } from "./kept-board";
import { openKeptDb } from "./kept-db";

/** It costs the server as much as reading the board does: not as often. */
const EVERY_MS = 120_000;

/** Keeps a sealed copy of the agency's work in this browser for when the server is away. Renders nothing; mounted once. */
export function KeepBoard() {
  const trpc = useTRPC();
  const { userId } = useViewer();
  // A locked console is told nothing of riders; what it has kept stays.
  const enabled = !useLocked();
  const { data, dataUpdatedAt, error } = useQuery(
    trpc.board.runSheets.queryOptions(undefined, {
      enabled,
      refetchInterval: EVERY_MS,
      refetchIntervalInBackground: true,
    }),
  );
  useEffect(() => {
    if (!data) return;
    const keep = async () => {
      const db = await openKeptDb();
      await keepBoard(db, userId, data, new Date(dataUpdatedAt)).finally(() => db.close());
    };
    // A browser without storage has no copy; the run sheets on the server's disk remain.
    keep().catch(() => undefined);
  }, [data, dataUpdatedAt, userId]);
  useEffect(() => {
    if (hasLostAccess(error)) void forgetKeptBoard();
  }, [error]);
  useEffect(() => {
    // Under development files change without changing their names: nothing of them may be kept.
    if (!("serviceWorker" in navigator) || process.env.NODE_ENV !== "production") return;
    // A browser that refuses still has the copy while this page stays open.
    navigator.serviceWorker.register("/console-worker.js", { scope: "/" }).catch(() => undefined);
  }, []);
  return null;
}

/** Signed out or revoked from elsewhere; a console that is only locked keeps what it has. */
function hasLostAccess(error: unknown): boolean {
  if (!error) return false;
  const { code, reasons } = refusalOf(error);
  return (code === "unauthenticated" && !reasons.some((reason) => reason.code === "locked")) || code === "forbidden";
}

/** Removes the copy from this browser, also where its storage fails. */
export async function forgetKeptBoard(): Promise<void> {
  try {
    const db = await openKeptDb();
    await forgetBoard(db).finally(() => db.close());
  } catch {
    // No storage, nothing kept.
  }
}
