import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/lib/cn";

const TONES = {
  info: { icon: Info, style: "bg-selected text-ink" },
  caution: { icon: TriangleAlert, style: "bg-caution-soft text-caution" },
  danger: { icon: CircleAlert, style: "bg-danger-soft text-danger" },
} as const;

type Props = { tone?: keyof typeof TONES; children: ReactNode; action?: ReactNode; className?: string };

/** Something that holds for the whole surface until it is over: the feed is out, the copy is read-only. */
export function Banner({ tone = "info", children, action, className }: Props) {
  const { icon: Icon, style } = TONES[tone];
  return (
    <div
      role={tone === "danger" ? "alert" : "status"}
      className={cn("flex min-h-8 shrink-0 items-center gap-2 px-3 py-1 text-table", style, className)}
    >
      <Icon size={14} aria-hidden="true" className="shrink-0" />
      <div className="min-w-0 flex-1 font-medium">{children}</div>
      {action}
    </div>
  );
}
