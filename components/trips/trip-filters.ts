import { addDaysTo } from "@/components/lib/zoned-time";
import type { PublicStatus, TripStatus } from "@/server/domain/trips/vocabulary";

/** What the list of trips shows: days are the agency's, both inclusive. */
export type TripFilters = {
  from: string;
  to: string;
  status: StatusFilter;
  vehicleId: string | null;
  /** Rider, phone or number. Lives in memory only and travels in a body. */
  q: string;
};

export const STATUS_FILTERS = ["any", "open", "completed", "cancelled", "no_show", "not_transported"] as const;
export type StatusFilter = (typeof STATUS_FILTERS)[number];
export const STATUS_FILTER_WORDS: Record<StatusFilter, string> = {
  any: "Any status",
  open: "Open",
  completed: "Completed",
  cancelled: "Cancelled",
  no_show: "No-show",
  not_transported: "Not transported",
};
const STATUSES: Record<StatusFilter, (TripStatus | PublicStatus)[] | undefined> = {
  any: undefined,
  open: ["PENDING", "EN_ROUTE", "ARRIVED", "IN_PROGRESS"],
  completed: ["completed"],
  cancelled: ["cancelled"],
  no_show: ["no_show"],
  not_transported: ["not_transported"],
};

export const PERIODS = ["yesterday", "today", "tomorrow", "week", "month"] as const;
export type Period = (typeof PERIODS)[number];
export const PERIOD_WORDS: Record<Period, string> = {
  yesterday: "Yesterday",
  today: "Today",
  tomorrow: "Tomorrow",
  week: "7 days",
  month: "30 days",
};

/** The days of a period that ends, or begins, today. @param today - `yyyy-MM-dd` */
export function daysOf(period: Period, today: string): Pick<TripFilters, "from" | "to"> {
  const day = (offset: number) => addDaysTo(today, offset);
  const offsets: Record<Period, [number, number]> = {
    yesterday: [-1, -1],
    today: [0, 0],
    tomorrow: [1, 1],
    week: [-6, 0],
    month: [-29, 0],
  };
  const [from, to] = offsets[period];
  return { from: day(from), to: day(to) };
}

/** The period these days are, if they are one. */
export const periodOf = ({ from, to }: Pick<TripFilters, "from" | "to">, today: string): Period | null =>
  PERIODS.find((period) => {
    const days = daysOf(period, today);
    return days.from === from && days.to === to;
  }) ?? null;

/** The filters as the API takes them: its `to` is the first day not shown. */
export const toQuery = ({ from, to, status }: TripFilters) => ({
  ...(from && { from }),
  ...(to && { to: addDaysTo(to, 1) }),
  ...(STATUSES[status] && { status: STATUSES[status] }),
});
