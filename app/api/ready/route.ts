import { ready } from "@/server/api/probes";
import { refuseAllBut } from "@/server/api/refuse-method";

export const dynamic = "force-dynamic";

export const GET = () => ready();

export const { DELETE, PATCH, POST, PUT } = refuseAllBut("GET");
