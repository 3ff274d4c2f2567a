import { useEffect, useState } from "react";
import { type DriveDb, openDriveDb } from "./drive-db";

/** What this phone keeps; null until it is open. */
export function useDriveDb(): DriveDb | null {
  const [db, setDb] = useState<DriveDb | null>(null);
  useEffect(() => {
    let open: DriveDb | null = null;
    let left = false;
    void openDriveDb().then((opened) => {
      if (left) opened.close();
      else setDb((open = opened));
    });
    return () => {
      left = true;
      open?.close();
    };
  }, []);
  return db;
}
