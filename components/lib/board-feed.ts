import type { AgencyHandlers } from "./agency-handlers";
import type { BoardReader } from "./board-reader";

/** What a board's reader hears of the events of its agency. */
export const boardFeed = (reader: BoardReader) =>
  ({
    "trip.changed": ({ tripId, version }) => reader.hear({ subject: "trips", id: tripId, version }),
    "unit.changed": ({ shiftId, vehicleId, version }) => {
      if (shiftId) reader.hear({ subject: "units", id: shiftId, version: version ?? null });
      else if (vehicleId) reader.hearVehicle(vehicleId);
      else reader.resync();
    },
    "exception.changed": ({ exceptionId, version }) => reader.hear({ subject: "exceptions", id: exceptionId, version }),
  }) satisfies AgencyHandlers;
