import type { ReactNode } from "react";

type Props = {
  title: ReactNode;
  /** Counts and filters beside the title. */
  children?: ReactNode;
  /** Buttons at the end, the primary one last. */
  actions?: ReactNode;
};

/** The bar of a page. The shell's clock and bell sit at its end, so it keeps that place free. */
export function PageHeader({ title, children, actions }: Props) {
  return (
    <header className="flex h-bar shrink-0 items-center gap-3 border-line border-b bg-panel pr-(--shell-status-width) pl-3">
      <h1 className="truncate font-semibold text-title">{title}</h1>
      <div className="flex min-w-0 flex-1 items-center gap-2 overflow-x-clip">{children}</div>
      {actions && <div className="flex shrink-0 items-center gap-2">{actions}</div>}
    </header>
  );
}
