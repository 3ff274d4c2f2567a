import "server-only";
import { type Ctx, isLocked } from "@/server/context";
import { open, seal } from "@/server/security/keys";

const placeOf = (shiftId: string) => ({ table: "shifts", column: "state_reason_enc", rowId: shiftId });

/** Encrypts why a unit is in its state: somebody typed it, and it may name a patient. */
export const sealStateReason = (shiftId: string, reason: string | null) => seal(placeOf(shiftId), reason);

/** Why a unit is in its state; nothing on a locked console. */
export const openStateReason = (
  { actor }: Ctx,
  { id, stateReasonEnc }: { id: string; stateReasonEnc: string | null },
): string | null => (isLocked(actor) ? null : open(placeOf(id), stateReasonEnc));
