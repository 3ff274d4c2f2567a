import type { inferRouterOutputs } from "@trpc/server";
import { formatDay } from "@/components/lib/format";
import { Badge } from "@/components/ui/badge";
import type { Column } from "@/components/ui/data-table/data-table";
import type { AppRouter } from "@/server/api/root";
import { ROLE_NAMES } from "./role-names";

export type Person = inferRouterOutputs<AppRouter>["people"]["list"][number];

const roleNames = ({ roles }: Person) => roles.map((role) => ROLE_NAMES[role]).join(", ");
export const stateOf = ({ active, hasPassword }: Person) => (!active ? "Inactive" : hasPassword ? "Active" : "Invited");

export const personColumns = (timeZone: string): Column<Person>[] => [
  { id: "name", header: "Name", value: (row) => row.name, width: { min: 160, grow: 2 }, filter: "text" },
  { id: "email", header: "E-mail", value: (row) => row.email, width: { min: 200, grow: 2 }, filter: "text" },
  { id: "roles", header: "Roles", value: roleNames, width: { min: 140, grow: 1 }, filter: "choice" },
  {
    id: "state",
    header: "State",
    value: stateOf,
    cell: (row) => <Badge tone={stateOf(row) === "Invited" ? "accent" : "neutral"}>{stateOf(row)}</Badge>,
    width: 100,
    filter: "choice",
  },
  {
    id: "secondFactor",
    header: "Second factor",
    value: (row) => (row.hasSecondFactor ? "On" : "Off"),
    width: 120,
    filter: "choice",
  },
  {
    id: "createdAt",
    header: "Added",
    value: (row) => row.createdAt.toISOString(),
    cell: (row) => formatDay(row.createdAt, timeZone),
    width: 110,
    unsearchable: true,
    exportValue: (row) => row.createdAt.toISOString(),
  },
];
