import { redirect } from "next/navigation";
import { requireConsole } from "@/server/auth/console";
import { homePage } from "@/server/domain/people/home-page";

export default async function HomePage() {
  const { me } = await requireConsole();
  redirect(homePage(me.roles));
}
