import { health } from "@/server/api/probes";

export const dynamic = "force-dynamic";

export const GET = () => health();
