import type { Places } from "@/server/domain/fleet/vocabulary";

const slashes = ({ ambulatory, wheelchair, stretcher }: Places) => `${ambulatory}/${wheelchair}/${stretcher}`;

/** Other set-ups as they are typed: `3/2/0; 6/0/0`. */
export const configurationsText = (configurations: readonly Places[]) => configurations.map(slashes).join("; ");
