import type { PlanTotals } from "@/server/domain/planning/types";
import type { PlanFigures } from "./figures-schema";

/** Totals of the planner in the units the API speaks. */
export const figuresOf = (totals: PlanTotals): PlanFigures => ({
  trips: totals.trips,
  distanceM: totals.distanceM,
  deadheadM: totals.deadheadM,
  lateS: totals.lateMinutes * 60,
  rideS: totals.rideMinutes * 60,
  overtimeS: totals.overtimeMinutes * 60,
  cost: totals.costPoints,
});

export const NO_FIGURES: PlanFigures = {
  trips: 0,
  distanceM: 0,
  deadheadM: 0,
  lateS: 0,
  rideS: 0,
  overtimeS: 0,
  cost: 0,
};

/** Several units' figures together. */
export const sumFigures = (all: readonly PlanFigures[]): PlanFigures =>
  all.reduce(
    (sum, one) => ({
      trips: sum.trips + one.trips,
      distanceM: sum.distanceM + one.distanceM,
      deadheadM: sum.deadheadM + one.deadheadM,
      lateS: sum.lateS + one.lateS,
      rideS: sum.rideS + one.rideS,
      overtimeS: sum.overtimeS + one.overtimeS,
      cost: sum.cost + one.cost,
    }),
    NO_FIGURES,
  );
