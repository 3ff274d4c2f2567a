/** Which incidents a list is asked for. */
export const INCIDENT_STATUSES = ["open", "closed", "any"] as const;
