import { useSearchParams } from "next/navigation";

/** One value in the page's address, as the id of what is open; null is none. Changing it asks the server for nothing. */
export function useAddressParam(name: string): [string | null, (value: string | null) => void] {
  const value = useSearchParams().get(name);
  const set = (next: string | null) => {
    const address = new URL(window.location.href);
    if (next === null) address.searchParams.delete(name);
    else address.searchParams.set(name, next);
    if (address.href !== window.location.href) window.history.replaceState(null, "", address);
  };
  return [value, set];
}
