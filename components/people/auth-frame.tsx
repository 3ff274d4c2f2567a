import type { ReactNode } from "react";

/** The quiet page around signing in. */
export function AuthFrame({ title, hint, children }: { title: string; hint?: ReactNode; children?: ReactNode }) {
  return (
    <main className="grid min-h-dvh place-items-center bg-canvas p-4">
      <section className="w-full max-w-80 rounded-lg border border-line bg-panel p-6">
        <p className="font-semibold text-ink-3 text-label uppercase tracking-wide">Runboard</p>
        <h1 className="mt-1 font-semibold text-title">{title}</h1>
        {hint && <p className="mt-1 text-ink-2 text-table">{hint}</p>}
        {children && <div className="mt-4">{children}</div>}
      </section>
    </main>
  );
}
