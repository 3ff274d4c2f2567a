import type { Metadata } from "next";
import { DriveApp } from "@/components/drive/drive-app";

export const metadata: Metadata = { title: "Drive", manifest: "/drive.webmanifest" };

export default function DrivePage() {
  return <DriveApp />;
}
