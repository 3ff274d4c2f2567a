import type { Metadata } from "next";
import { ApiKeysView } from "@/components/people/api-keys-view";
import { requirePermission } from "@/server/auth/console";

export const metadata: Metadata = { title: "API keys" };

export default async function ApiKeysPage() {
  await requirePermission("apiKeys.manage");
  return <ApiKeysView />;
}
