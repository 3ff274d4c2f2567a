"use client";

import { Toast as Base } from "@base-ui/react/toast";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/lib/cn";
import { buttonStyle } from "./button";

const manager = Base.createToastManager();

type Options = {
  /** Takes it back; the button says what it does, as "Undo". */
  undo?: { label?: string; run: () => void };
  description?: ReactNode;
};

/** Says that something was done, for six seconds, with a way back. */
export function toast(title: string, { undo, description }: Options = {}) {
  const id = manager.add({
    title,
    description,
    timeout: undo ? 10_000 : 6000,
    actionProps: undo && {
      children: undo.label ?? "Undo",
      onClick: () => {
        undo.run();
        manager.close(id);
      },
    },
  });
  return id;
}

/** Says what failed and why. Stays until read. */
export const toastError = (title: string, description?: ReactNode) =>
  manager.add({ title, description, type: "error", timeout: 0, priority: "high" });

/** The place where toasts appear: below in the middle, clear of the buttons of docked panels. */
export function ToastProvider({ children }: { children: ReactNode }) {
  return (
    <Base.Provider toastManager={manager} limit={4}>
      {children}
      <Base.Portal>
        <Base.Viewport className="fixed bottom-3 left-1/2 z-50 flex w-88 max-w-[calc(100vw-24px)] -translate-x-1/2 flex-col gap-2">
          <ToastList />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function ToastList() {
  const { toasts } = Base.useToastManager();
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
