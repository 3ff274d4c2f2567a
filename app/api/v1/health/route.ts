import { health } from "@/server/api/probes";
import { refuseAllBut } from "@/server/api/refuse-method";

export const dynamic = "force-dynamic";

export const GET = () => health();

export const { DELETE, PATCH, POST, PUT } = refuseAllBut("GET");
