import type { Metadata } from "next";
import { AwayPage } from "@/components/continuity/away-page";

export const metadata: Metadata = { title: "Server away" };

/** Kept by the console's service worker. Asks the server for nothing: all it shows is in the browser. */
export default function Away() {
  return <AwayPage />;
}
