import type { Metadata } from "next";
import { BoardPage } from "@/components/board/board-page";
import { requirePermission } from "@/server/auth/console";

export const metadata: Metadata = { title: "Board" };

export default async function Board() {
  await requirePermission("exceptions.read");
  return <BoardPage />;
}
