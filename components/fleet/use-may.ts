import { useViewer } from "@/components/lib/viewer";
import { isAllowed, type Permission, type Role } from "@/server/domain/people/permissions";

/** May the person at this screen do this? Only what is shown: the server decides again. */
export function useMay(permission: Permission): boolean {
  return isAllowed(permission, { roles: useViewer().roles as readonly Role[] });
}
