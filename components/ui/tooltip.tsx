"use client";

import { mergeProps } from "@base-ui/react/merge-props";
import {
  cloneElement,
  type FocusEvent,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
  useEffect,
  useId,
} from "react";
import { idlePart, useLoaded } from "@/components/lib/later";
import { forget, leave, pointAt, type Tip } from "./tooltip-state";

type Props = {
  label: ReactNode;
  shortcut?: string;
  side?: Tip["side"];
  /** What it explains; must take props. */
  children: ReactElement<Record<string, unknown>>;
};

const layer = idlePart(() => import("./tooltip-layer").then((part) => part.TooltipLayer));

/** Says more on hover and focus; never the only place where something is said. */
export function Tooltip({ label, shortcut, side = "bottom", children }: Props) {
  const owner = useId();
  useEffect(() => () => forget(owner), [owner]);
  const point = (anchor: Element, when: "soon" | "now") => {
    void layer.load();
    pointAt({ owner, anchor, label, shortcut, side }, when);
  };
  const own = {
    onPointerEnter: (event: PointerEvent) => event.pointerType !== "touch" && point(event.currentTarget, "soon"),
    onPointerLeave: () => leave("soon"),
    onPointerDown: () => leave("now"),
    onFocus: (event: FocusEvent) => event.currentTarget.matches(":focus-visible") && point(event.currentTarget, "now"),
    onBlur: () => leave("now"),
  };
  return cloneElement(children, mergeProps(own, children.props));
}

/** Draws the tooltips of all that is below. Mounted once. */
export function Tooltips() {
  const { part: Layer } = useLoaded(layer);
  return Layer && <Layer />;
}
