"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { formatDay } from "@/components/lib/format";
import { addDaysTo } from "@/components/lib/zoned-time";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";

type Props = { day: string; today: string; onChange: (day: string) => void };

/** Which day is planned: a step back or on, today, or any. */
export function DayPicker({ day, today, onChange }: Props) {
  return (
    <div className="flex items-center gap-1">
      <IconButton icon={ChevronLeft} label="The day before" onClick={() => onChange(addDaysTo(day, -1))} />
      <Input
        type="date"
        aria-label="Day"
        value={day}
        onValueChange={(value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && onChange(value)}
        className="w-34"
      />
      <IconButton icon={ChevronRight} label="The day after" onClick={() => onChange(addDaysTo(day, 1))} />
      <span className="w-20 whitespace-nowrap text-ink-2">{formatDay(new Date(`${day}T12:00:00Z`), "UTC")}</span>
      <Button size="sm" disabled={day === today} onClick={() => onChange(today)}>
        Today
      </Button>
    </div>
  );
}
