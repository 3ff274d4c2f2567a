"use client";

import { Autocomplete as Base } from "@base-ui/react/autocomplete";
import { type ReactNode, useState } from "react";
import { useBehindList } from "./behind-list";
import { controlStyle } from "./input";

type Props<Item> = {
  value: string;
  onValueChange: (text: string) => void;
  /** What is known for this text, as a server found it. */
  items: readonly Item[];
  /** The items answer an older text than the one that is typed: they are shown, and none can be taken. */
  behind: boolean;
  itemKey: (item: Item) => string;
  itemText: (item: Item) => string;
  itemHint?: (item: Item) => ReactNode;
  /** One of the suggestions was taken. */
  onTake: (item: Item) => void;
  label: string;
  placeholder?: string;
  disabled?: boolean;
  id?: string;
  "aria-describedby"?: string | undefined;
  "aria-invalid"?: true | undefined;
};

/**
 * Free text that stays as typed, with known things below it to take instead: a name and the riders it may be. They are
 * taken with the arrows and Enter, never by Enter alone: a new name may begin like a known one.
 */
export function SuggestInput<Item>(props: Props<Item>) {
  const { value, onValueChange, items, behind, itemKey, itemText, itemHint, onTake, label, ...rest } = props;
  const { placeholder, disabled, ...input } = rest;
  // Nothing known is no list: an empty one would only be in the way of whoever listens to the page.
  const [isOpen, setIsOpen] = useState(false);
  const { onKeyDown } = useBehindList({ behind });
  return (
    <Base.Root
      open={isOpen && items.length > 0}
      onOpenChange={setIsOpen}
      items={items}
      value={value}
      // What is taken is told by `onTake` alone: its line is no text that was typed.
      onValueChange={(text, { reason }) => {
        if (reason !== "item-press") onValueChange(text);
      }}
      filter={null}
      itemToStringValue={() => value}
      disabled={disabled}
      highlightItemOnHover={!behind}
    >
      <Base.Input
        {...input}
        autoComplete="off"
        placeholder={placeholder}
        onKeyDown={onKeyDown}
        className={controlStyle}
      />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align="start" className="z-50">
          <Base.Popup
            className="popup max-h-80 w-(--anchor-width) min-w-64 overflow-y-auto data-empty:hidden"
            aria-label={label}
          >
            <Base.List className="not-empty:p-1">
              {(item: Item) => (
                <Base.Item
                  key={itemKey(item)}
                  value={item}
                  disabled={behind}
                  onClick={() => onTake(item)}
                  className="menu-item justify-between data-disabled:bg-transparent"
                >
                  <span className="truncate" title={itemText(item)}>
                    {itemText(item)}
                  </span>
                  {itemHint && <span className="shrink-0 text-ink-3 text-table">{itemHint(item)}</span>}
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
