import type { Metadata } from "next";
import { PeopleView } from "@/components/people/people-view";
import { requirePermission } from "@/server/auth/console";

export const metadata: Metadata = { title: "People" };

export default async function PeoplePage() {
  await requirePermission("users.write");
  return <PeopleView />;
}
