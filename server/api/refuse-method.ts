import "server-only";
import { AppError } from "@/server/errors";
import { errorResponse } from "./rest/kit/respond";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type Method = (typeof METHODS)[number];
type Handlers<A extends Method> = Record<Exclude<Method, A>, () => Response>;

/**
 * Handlers for every method that a path beside the registry does not take: 405 with `Allow`, in the shape of all errors.
 * @example export const { DELETE, PATCH, POST, PUT } = refuseAllBut("GET");
 */
export function refuseAllBut<A extends Method>(...allowed: A[]): Handlers<A> {
  const allow = METHODS.filter((method) => (allowed as Method[]).includes(method)).join(", ");
  const refuse = (): Response => {
    const error = new AppError("method_not_allowed", "this path does not take that method");
    const response = errorResponse(error, "method");
    response.headers.set("Allow", allow);
    return response;
  };
  const refused = METHODS.filter((method) => !(allowed as Method[]).includes(method));
  return Object.fromEntries(refused.map((method) => [method, refuse])) as Handlers<A>;
}
