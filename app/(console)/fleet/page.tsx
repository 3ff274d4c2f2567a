import { redirect } from "next/navigation";

/** The fleet opens with who is on which truck today. */
export default function FleetPage() {
  redirect("/fleet/shifts");
}
