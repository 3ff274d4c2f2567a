import { cn } from "@/components/lib/cn";
import { EMERGENCY_RING, MARK_PATHS, type MarkPath } from "./mark-paths";
import { HUES, type Hue, MARKS, type MarkName, ON_MARK, type ThemeColour } from "./status-marks";

const themed = ({ light, dark }: ThemeColour) => `light-dark(${light}, ${dark})`;

function Path({ path, hue }: { path: MarkPath; hue: Hue }) {
  const colour = { hue: themed(HUES[hue].mark), on: themed(ON_MARK), surface: "var(--panel)" }[path.paint];
  return path.stroke ? (
    <path
      d={path.d}
      fill="none"
      stroke={colour}
      strokeWidth={path.stroke}
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ) : (
    <path d={path.d} fill={colour} />
  );
}

type Props = { mark: MarkName; emergency?: boolean; headingDeg?: number; size?: number; className?: string };

/** The mark alone: always beside its word, or inside something that says it. */
export function StatusMark({ mark, emergency = false, headingDeg = 0, size = 16, className }: Props) {
  const { shape, hue } = MARKS[mark];
  return (
    <svg
      viewBox="-1 -1 22 22"
      width={size}
      height={size}
      aria-hidden="true"
      className={cn("shrink-0 overflow-visible", className)}
    >
      {emergency && <Path path={EMERGENCY_RING} hue="red" />}
      <g transform={headingDeg ? `rotate(${headingDeg} 10 10)` : undefined}>
        {MARK_PATHS[shape].map((path) => (
          <Path key={path.d} path={path} hue={hue} />
        ))}
      </g>
    </svg>
  );
}

/** The colour of a hue for text, in the theme of the moment. */
export const hueText = (hue: Hue): string => themed(HUES[hue].text);
