import { useState } from "react";
import { type LooseEnds, looseIn, type Missing, type PlaceEnd } from "./to-booking";

/** What a form's place fields say is typed and no place yet: a form that went on regardless would leave it out. */
export function useLooseEnds() {
  const [loose, set] = useState<LooseEnds>({});
  const [tried, setTried] = useState(false);
  const found = looseIn(loose);
  return {
    loose,
    setLoose: (end: PlaceEnd, text: string) => set((before) => ({ ...before, [end]: text })),
    /** Whether the form has to wait for a place. From then on the fields say so; while somebody types they do not. */
    holds: () => {
      setTried(true);
      return Object.keys(found).length > 0;
    },
    errors: tried ? found : ({} as Missing),
  };
}
