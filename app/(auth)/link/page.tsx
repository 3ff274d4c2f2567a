import type { Metadata } from "next";
import { LinkForm } from "@/components/people/link-form";

export const metadata: Metadata = { title: "Set a password" };

export default function LinkPage() {
  return <LinkForm />;
}
