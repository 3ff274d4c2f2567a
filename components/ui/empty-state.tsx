import type { ReactNode } from "react";
import { cn } from "@/components/lib/cn";

/** Nothing here: says so, and what to do about it. */
export function EmptyState({
  title,
  children,
  action,
  className,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
}) {
  return (
    <div className={cn("flex flex-col items-center gap-1 px-6 py-10 text-center", className)}>
      <p className="font-medium">{title}</p>
      {children && <p className="max-w-100 text-ink-2 text-table">{children}</p>}
      {action && <div className="mt-2">{action}</div>}
    </div>
  );
}
