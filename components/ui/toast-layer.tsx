"use client";

import { Toast as Base } from "@base-ui/react/toast";
import { X } from "lucide-react";
import { useEffect, useSyncExternalStore } from "react";
import { cn } from "@/components/lib/cn";
import { buttonStyle } from "./button";
import { type Said, saidToasts } from "./toast-state";

/** The place where toasts appear: below in the middle, clear of the buttons of docked panels. */
export function ToastLayer() {
  return (
    <Base.Provider limit={4}>
      <Base.Portal>
        <Base.Viewport className="fixed bottom-3 left-1/2 z-50 flex w-88 max-w-[calc(100vw-24px)] -translate-x-1/2 flex-col gap-2">
          <ToastList />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function ToastList() {
  const { toasts, add, close } = Base.useToastManager();
  const said = useSyncExternalStore(saidToasts.subscribe, saidToasts.get, saidToasts.get);
  useEffect(() => {
    if (said.length === 0) return;
    saidToasts.set([]);
    for (const one of said) show(one, add, close);
  }, [said, add, close]);
  return toasts.map((one) => (
    <Base.Root
      key={one.id}
      toast={one}
      swipeDirection={["right"]}
      className={cn(
        "popup flex items-start gap-2 rounded-md py-2 pr-1 pl-3",
        one.type === "error" && "border-danger border-l-2",
      )}
    >
      <Base.Content className="min-w-0 flex-1 py-0.5">
        <Base.Title className={cn("font-medium", one.type === "error" && "text-danger")} />
        <Base.Description className="text-ink-2 text-table" />
      </Base.Content>
      <Base.Action className={cn(buttonStyle({ variant: "ghost", size: "sm" }), "text-accent")} />
      <Base.Close aria-label="Dismiss" className={cn(buttonStyle({ variant: "ghost", size: "sm" }), "size-6 px-0")}>
        <X size={14} aria-hidden="true" />
      </Base.Close>
    </Base.Root>
  ));
}

type Manager = ReturnType<typeof Base.useToastManager>;

function show({ title, description, isError, undo }: Said, add: Manager["add"], close: Manager["close"]) {
  if (isError) return add({ title, description, type: "error", timeout: 0, priority: "high" });
  const id = add({
    title,
    description,
    timeout: undo ? 10_000 : 6000,
    actionProps: undo && {
      children: undo.label ?? "Undo",
      onClick: () => {
        undo.run();
        close(id);
      },
    },
  });
  return id;
}
