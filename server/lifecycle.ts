import { singleton } from "@/server/singleton";

/** Whether this process is on its way out: it says "not ready", so that a load balancer turns elsewhere. */
export const lifecycle = () => singleton("lifecycle", () => ({ isDraining: false }));
