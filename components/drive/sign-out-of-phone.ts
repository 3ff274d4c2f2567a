import { signOut } from "next-auth/react";
import { openDriveDb } from "./drive-db";
import { forgetManifests } from "./kept-manifest";

/** Ends the session and removes the riders of today's run from this phone, also where that storage fails. */
export async function signOutOfPhone(): Promise<void> {
  try {
    const db = await openDriveDb();
    await forgetManifests(db);
    db.close();
  } finally {
    await signOut({ callbackUrl: "/sign-in" });
  }
}
