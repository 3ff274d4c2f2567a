/** A value outside React that components may subscribe to with `useSyncExternalStore`. */
export type Store<Value> = {
  get: () => Value;
  set: (next: Value | ((now: Value) => Value)) => void;
  subscribe: (changed: () => void) => () => void;
};

export function createStore<Value>(initial: Value): Store<Value> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      const computed = typeof next === "function" ? (next as (now: Value) => Value)(value) : next;
      if (Object.is(computed, value)) return;
      value = computed;
      for (const listener of listeners) listener();
    },
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
}
