/** Dispatch is told, not assumed: each step has its time. */
export type Delivery = {
  sentAt: Date | null;
  onPhoneAt: Date | null;
  seenAt: Date | null;
  acknowledgedAt: Date | null;
};
export type DeliveryStep = "not_sent" | "sent" | "on_phone" | "seen" | "acknowledged";
export type DeliveryAlarm = "none" | "warn" | "alert";

export const ACK_WARN_S = 60;
export const ACK_ALERT_S = 90;

/** The highest step reached; an acknowledgement counts even when the phone skipped the steps before. */
export function deliveryStep({ sentAt, onPhoneAt, seenAt, acknowledgedAt }: Delivery): DeliveryStep {
  if (acknowledgedAt) return "acknowledged";
  if (seenAt) return "seen";
  if (onPhoneAt) return "on_phone";
  return sentAt ? "sent" : "not_sent";
}

/** Seconds a dispatch has waited for its acknowledgement; null when there is nothing to wait for. */
export const waitingForAckS = ({ sentAt, acknowledgedAt }: Delivery, now: Date): number | null =>
  sentAt === null || acknowledgedAt !== null ? null : Math.max(0, (now.getTime() - sentAt.getTime()) / 1000);

/** No acknowledgement after 60 s is a warning, after 90 s an alert. */
export function deliveryAlarm(delivery: Delivery, now: Date): DeliveryAlarm {
  const waitedS = waitingForAckS(delivery, now);
  if (waitedS === null || waitedS < ACK_WARN_S) return "none";
  return waitedS < ACK_ALERT_S ? "warn" : "alert";
}
