import { errorResponse } from "@/server/api/rest/kit/respond";
import { AppError } from "@/server/errors";

export const dynamic = "force-dynamic";

/** A program that asked for a path that is none gets the error in its own format, not a page. */
const handle = () => errorResponse(new AppError("not_found", "no such path"), "unmatched");

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT };
