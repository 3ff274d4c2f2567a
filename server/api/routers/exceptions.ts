import { allowed, router } from "@/server/api/trpc";
import {
  AcknowledgeExceptionInput,
  acknowledgeException,
  CloseExceptionInput,
  closeException,
  EndSnoozeInput,
  endSnooze,
  SnoozeExceptionInput,
  snoozeException,
} from "@/server/services/exceptions/handle-exception";
import { listExceptions } from "@/server/services/exceptions/list-exceptions";

export const exceptionsRouter = router({
  list: allowed("exceptions.read").query(({ ctx }) => listExceptions(ctx)),
  acknowledge: allowed("exceptions.handle")
    .input(AcknowledgeExceptionInput)
    .mutation(({ ctx, input }) => acknowledgeException(ctx, input)),
  snooze: allowed("exceptions.handle")
    .input(SnoozeExceptionInput)
    .mutation(({ ctx, input }) => snoozeException(ctx, input)),
  endSnooze: allowed("exceptions.handle")
    .input(EndSnoozeInput)
    .mutation(({ ctx, input }) => endSnooze(ctx, input)),
  close: allowed("exceptions.handle")
    .input(CloseExceptionInput)
    .mutation(({ ctx, input }) => closeException(ctx, input)),
});
