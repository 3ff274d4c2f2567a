import { useQuery } from "@tanstack/react-query";
import { useTRPC, useTRPCClient } from "@/components/lib/trpc";
import type { Device } from "@/server/domain/devices/device";

const PAGE = 200;
const REFRESH_MS = 15_000;

/** Every active device, page after page. */
export function useDevices() {
  const client = useTRPCClient();
  const trpc = useTRPC();
  return useQuery({
    queryKey: [...trpc.devices.list.queryKey({ limit: PAGE }), "all"],
    refetchInterval: REFRESH_MS,
    queryFn: async ({ signal }) => {
      const devices: Device[] = [];
      let cursor: string | undefined;
      do {
        const page = await client.devices.list.query({ limit: PAGE, cursor }, { signal });
        devices.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      return devices;
    },
  });
}
