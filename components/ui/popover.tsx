"use client";

import { cloneElement, useState } from "react";
import { idlePart, NotLoaded, useLoaded } from "@/components/lib/later";
import type { PopoverProps } from "./popover-surface";

const surface = idlePart(() => import("./popover-surface").then((part) => part.PopoverSurface));

/** A small surface tied to a button. Until it is first opened the page has the button alone. */
export function Popover(props: PopoverProps) {
  const [isAsked, setIsAsked] = useState(false);
  const { part: Surface, failed } = useLoaded(surface);
  if (isAsked && Surface) return <Surface {...props} />;
  const open = () => {
    setIsAsked(true);
    void surface.load();
  };
  return (
    <>
      {cloneElement(props.trigger, { onClick: open, "aria-haspopup": "dialog", "aria-expanded": false })}
      {isAsked && failed && <NotLoaded onRetry={surface.load} />}
    </>
  );
}
