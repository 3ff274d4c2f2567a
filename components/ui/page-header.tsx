import type { ReactNode } from "react";

type Props = {
  title: ReactNode;
  /** Counts and filters beside the title. */
  children?: ReactNode;
  /** Buttons at the end, the primary one last. */
  actions?: ReactNode;
};

/** The bar of a page. The shell's clock and bell sit at its end, so it keeps that place free; on a phone it has two lines. */
export function PageHeader({ title, children, actions }: Props) {
  return (
    <header className="flex min-h-bar shrink-0 items-center gap-3 border-line border-b bg-panel pr-(--shell-status-width) pl-3 max-sm:flex-wrap max-sm:gap-y-1 max-sm:py-1">
      <h1 className="truncate font-semibold text-title">{title}</h1>
      <div className="flex min-w-0 flex-1 items-center gap-2 overflow-x-clip max-sm:order-last max-sm:basis-full max-sm:empty:hidden">
        {children}
      </div>
      {actions && (
        <div className="flex shrink-0 items-center gap-2 max-sm:min-w-0 max-sm:flex-1 max-sm:shrink max-sm:overflow-x-auto">
          {actions}
        </div>
      )}
    </header>
  );
}
