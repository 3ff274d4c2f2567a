"use client";

import { Combobox as Base } from "@base-ui/react/combobox";
import { ChevronDown } from "lucide-react";
import { type ReactNode, useId, useRef } from "react";
import { cn } from "@/components/lib/cn";
import { useBehindList } from "./behind-list";
import { controlStyle } from "./input";

type Props<Item> = {
  items: readonly Item[];
  value: Item | null;
  onValueChange: (item: Item | null) => void;
  itemKey: (item: Item) => string;
  itemText: (item: Item) => string;
  /** A second, quieter column of the row. */
  itemHint?: (item: Item) => ReactNode;
  /** Given: the list is what a server found for this text, and is not filtered again here. `isTyped`: by the person. */
  onQueryChange?: (query: string, isTyped: boolean) => void;
  onFocus?: () => void;
  /** The items answer an older text than the one that is typed: they are shown, and none can be taken. */
  behind?: boolean;
  emptyText?: string;
  placeholder?: string;
  id?: string;
  "aria-label"?: string;
  "aria-describedby"?: string;
  invalid?: boolean;
  disabled?: boolean;
  autoFocus?: boolean;
  className?: string;
};

/** Type to find one of many: facilities, addresses, units. */
export function Combobox<Item>(props: Props<Item>) {
  const { items, value, onValueChange, itemKey, itemText, onQueryChange, placeholder, className } = props;
  const generatedId = useId();
  const { actions, onKeyDown, forget, willTake } = useFirstTaken(props);
  return (
    <Base.Root
      items={items}
      value={value}
      onValueChange={onValueChange}
      onInputValueChange={(text, { reason }) => {
        forget();
        onQueryChange?.(text, reason === "input-change");
      }}
      onOpenChange={(open) => !open && forget()}
      actionsRef={actions}
      highlightItemOnHover={!props.behind}
      filter={onQueryChange ? null : undefined}
      itemToStringLabel={itemText}
      isItemEqualToValue={(a, b) => itemKey(a) === itemKey(b)}
      autoHighlight
      disabled={props.disabled}
    >
      <div className={cn("relative", className)}>
        <Base.Input
          id={props.id ?? generatedId}
          aria-label={props["aria-label"]}
          aria-describedby={props["aria-describedby"]}
          aria-invalid={props.invalid || undefined}
          autoComplete="off"
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- only where a dispatcher just asked for this very field
          autoFocus={props.autoFocus}
          placeholder={placeholder}
          onKeyDown={onKeyDown}
          onBlur={forget}
          onFocus={props.onFocus}
          className={cn(controlStyle, "pr-7")}
        />
        <Base.Trigger
          aria-label="Show the list"
          tabIndex={-1}
          className="absolute top-0 right-0 flex h-full w-7 items-center justify-center text-ink-3"
        >
          <ChevronDown size={14} aria-hidden="true" />
        </Base.Trigger>
      </div>
      <ComboboxList {...props} willTake={willTake} />
    </Base.Root>
  );
}

/** An Enter that came before its list takes that list's first line. */
function useFirstTaken<Item>({ items, onValueChange, behind = false }: Props<Item>) {
  const actions = useRef<Base.Root.Actions>(null);
  const keys = useBehindList({
    behind,
    onCaughtUp: () => {
      const [first] = items;
      if (first === undefined) return;
      onValueChange(first);
      actions.current?.close();
    },
  });
  return { actions, ...keys };
}

type ListProps<Item> = Props<Item> & { willTake: boolean };

function ComboboxList<Item>({ itemKey, itemText, itemHint, emptyText = "Nothing found", ...list }: ListProps<Item>) {
  const { items, behind = false, willTake } = list;
  // Old lines stay where they are: a word above them would move them twice with every letter.
  const status = willTake ? "Takes the first one found" : behind ? "Searching" : null;
  return (
    <Base.Portal>
      <Base.Positioner sideOffset={4} align="start" className="z-50">
        <Base.Popup className="popup max-h-80 w-(--anchor-width) min-w-64 overflow-y-auto">
          <Base.Status
            className={cn(
              "text-ink-3 text-table",
              items.length > 0 && !willTake ? "sr-only" : "not-empty:px-2.5 not-empty:py-1.5",
            )}
          >
            {status}
          </Base.Status>
          <Base.Empty className="not-empty:px-2.5 not-empty:py-1.5 text-table text-ink-3">
            {behind ? null : emptyText}
          </Base.Empty>
          <Base.List className="not-empty:p-1">
            {(item: Item) => (
              <Base.Item
                key={itemKey(item)}
                value={item}
                disabled={behind}
                className="menu-item justify-between data-disabled:bg-transparent"
              >
                <span className="truncate" title={itemText(item)}>
                  {itemText(item)}
                </span>
                {itemHint && <span className="shrink-0 text-table text-ink-3">{itemHint(item)}</span>}
              </Base.Item>
            )}
          </Base.List>
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  );
}
