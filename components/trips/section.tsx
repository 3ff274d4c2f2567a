import type { ReactNode } from "react";

/** A part of a docked panel. */
export function Section({ title, tools, children }: { title?: ReactNode; tools?: ReactNode; children: ReactNode }) {
  return (
    <section className="border-line border-b px-3 py-2.5 last:border-b-0">
      {(title || tools) && (
        <div className="mb-1 flex min-h-5 items-center justify-between gap-2">
          <h3 className="text-ink-3 text-label">{title}</h3>
          {tools}
        </div>
      )}
      {children}
    </section>
  );
}

/** A name and its value on one line; a long value wraps. */
export function Fact({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div className="flex min-h-6 items-baseline justify-between gap-3">
      <dt className="shrink-0 text-ink-2 text-table">{name}</dt>
      <dd className="min-w-0 text-right">{children}</dd>
    </div>
  );
}
