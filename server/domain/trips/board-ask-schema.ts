import { z } from "zod";
import { type BoardAsk, MAX_ASKED } from "./board-changes";

const Ids = z.array(z.uuid()).max(MAX_ASKED).default([]);

/** The question of a console, apart from `board-changes` so that no page loads its reader. */
export const BoardAskSchema = z.strictObject({ trips: Ids, units: Ids, exceptions: Ids }) satisfies z.ZodType<BoardAsk>;
