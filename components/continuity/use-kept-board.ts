"use client";

import { useEffect, useState } from "react";
import { LOCKED } from "@/components/people/use-console-lock";
import { type KeptBoard, readKeptBoard } from "./kept-board";
import { openKeptDb } from "./kept-db";

/** "loading" until this browser's storage has answered; null when nothing is kept; a locked console shows nobody. */
export function useKeptBoard(): KeptBoard | null | "loading" | "locked" {
  const [kept, setKept] = useState<KeptBoard | null | "loading" | "locked">("loading");
  useEffect(() => {
    let isCurrent = true;
    const load = async () => {
      // Nobody can prove a password without the server.
      if (localStorage.getItem(LOCKED) === "1") return setKept("locked");
      const db = await openKeptDb();
      const found = await readKeptBoard(db, new Date()).finally(() => db.close());
      if (isCurrent) setKept(found);
    };
    // A browser that gives no storage keeps nothing.
    load().catch(() => isCurrent && setKept(null));
    return () => {
      isCurrent = false;
    };
  }, []);
  return kept;
}
