import { refuseAllBut } from "@/server/api/refuse-method";
import { answerSwitch } from "@/server/api/switch-agency";

export const dynamic = "force-dynamic";

export const POST = (request: Request) => answerSwitch(request);

export const { DELETE, GET, PATCH, PUT } = refuseAllBut("POST");
