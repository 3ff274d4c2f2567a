import { answerConsole } from "@/server/api/console-endpoint";

export const dynamic = "force-dynamic";

export { answerConsole as POST };
