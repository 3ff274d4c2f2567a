import "server-only";
import { allowed, router } from "@/server/api/trpc";
import { getManifest } from "@/server/services/drive/get-manifest";
import { RaiseEmergencyInput, raiseEmergency } from "@/server/services/drive/raise-emergency";

/** The phone in the vehicle. Presses are `trips.reportStatus`, sign-on is `shifts.signOn`. */
export const driveRouter = router({
  manifest: allowed("me.read").query(({ ctx }) => getManifest(ctx)),
  emergency: allowed("me.availability")
    .input(RaiseEmergencyInput)
    .mutation(({ ctx }) => raiseEmergency(ctx)),
});
