"use client";

import { CalendarCog } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useMay } from "@/components/fleet/use-may";
import { useCommands } from "@/components/lib/commands";
import { useShortcuts } from "@/components/lib/keys";
import { later } from "@/components/lib/later";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";

const PlanDialog = later(() => import("./plan-dialog").then((part) => part.PlanDialog));

/** "Plan day": a button, a key and a command; the plan then opens on its own page. */
export function PlanDay({ primary = false }: { primary?: boolean }) {
  const router = useRouter();
  const mayPlan = useMay("plans.make");
  const [asking, setAsking] = useState(false);
  const ask = () => setAsking(true);
  useShortcuts(mayPlan ? [{ id: "plan.day", keys: "p", label: "Plan a day", group: "Board", run: ask }] : []);
  useCommands(
    mayPlan
      ? [
          {
            id: "plan.day",
            group: "Board",
            label: "Plan a day",
            icon: CalendarCog,
            keys: "p",
            words: ["optimise", "schedule", "routes"],
            run: ask,
          },
        ]
      : [],
  );
  if (!mayPlan) return null;
  return (
    <>
      <Button variant={primary ? "primary" : "secondary"} size="sm" className="h-7" onClick={ask}>
        <CalendarCog size={14} aria-hidden="true" /> Plan day <Kbd keys="P" />
      </Button>
      {asking && (
        <PlanDialog
          onClose={() => setAsking(false)}
          onAsked={(planId) => {
            setAsking(false);
            router.push(`/plans?plan=${planId}`);
          }}
        />
      )}
    </>
  );
}
