import { z } from "zod";

/** The version of a row that a change starts from: a positive 32-bit number, as it is stored. */
export const Version = z.int().min(1).max(2_147_483_647);
