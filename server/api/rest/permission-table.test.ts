import { expect, test } from "vitest";
import { permissionTable } from "./permission-table";
import { routes } from "./registry";

test("the documented table of roles and routes is what the registry says", async () => {
  await expect(permissionTable(routes)).toMatchFileSnapshot("../../../docs/permissions.md");
});
