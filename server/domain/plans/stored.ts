/** A stop as a plan would have it: what, whose, where in the order, when. */
export type StoredStop = {
  kind: "pickup" | "dropoff" | "wait" | "post" | "base" | "break";
  tripId: string | null;
  /** Of a stop that stands on the manifest already. */
  stopId: string | null;
  /** Of the shift's breaks: the one that is had here. */
  breakId?: string | null;
  /** RFC 3339; when the unit is due. */
  at: string;
  /** Reached, locked or begun: the plan leaves it as it is. */
  fixed: boolean;
};

/** What a question assumes to be otherwise. */
export type WhatIf = {
  /** Units like this shift's, added to the day. */
  extraUnitsLike?: { shiftId: string; count: number };
  /** Added to both ends of every window that is not fixed. */
  widenWindowsMin?: number;
  /** Another start of one shift, in minutes: negative is earlier. */
  moveStart?: { shiftId: string; minutes: number };
};
