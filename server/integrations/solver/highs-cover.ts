import loadHighs, { type Highs, type Model, type SparseMatrixInput } from "highs";
import type { Choice, Column, CoverSolver, Relaxation, Rows } from "@/server/domain/scheduling/cover-solver";

/** Least time that a solver is started for, in seconds. */
const LEAST_S = 0.05;

function matrixOf(numRows: number, columns: readonly Column[]): SparseMatrixInput {
  const starts = new Int32Array(columns.length + 1);
  columns.forEach(({ rows }, c) => {
    starts[c + 1] = (starts[c] as number) + rows.length;
  });
  const indices = Int32Array.from(columns.flatMap(({ rows }) => rows));
  return {
    format: "csc",
    numRows,
    numCols: columns.length,
    starts,
    indices,
    values: new Float64Array(indices.length).fill(1),
  };
}

function modelOf(highs: Highs, { lower, upper }: Rows, columns: readonly Column[], whole: boolean) {
  const bound = (value: number) =>
    value === Number.NEGATIVE_INFINITY ? -highs.infinity : Math.min(value, highs.infinity);
  return {
    numCols: columns.length,
    numRows: lower.length,
    colCost: Float64Array.from(columns, ({ cost }) => cost),
    colLower: new Float64Array(columns.length),
    colUpper: new Float64Array(columns.length).fill(whole ? 1 : highs.infinity),
    rowLower: Float64Array.from(lower, bound),
    rowUpper: Float64Array.from(upper, bound),
    matrix: matrixOf(lower.length, columns),
    ...(whole ? { integrality: new Int32Array(columns.length).fill(highs.constants.variableType.integer) } : {}),
  };
}

/** Relaxed covering programs by HiGHS; the basis of one solution is where the next begins. */
class HighsRelaxation implements Relaxation {
  private readonly model: Model;

  constructor(
    private readonly highs: Highs,
    private readonly rows: Rows,
  ) {
    const model = highs.createModel();
    model.options.set({ output_flag: false });
    model.passModel(modelOf(highs, rows, [], false));
    this.model = model;
  }

  add(columns: readonly Column[]): void {
    if (columns.length === 0) return;
    this.model.addCols({
      cost: Float64Array.from(columns, ({ cost }) => cost),
      lower: new Float64Array(columns.length),
      upper: new Float64Array(columns.length).fill(this.highs.infinity),
      matrix: matrixOf(this.rows.lower.length, columns) as never,
    });
  }

  solve(limitS: number): { cost: number; prices: Float64Array } | null {
    if (limitS < LEAST_S) return null;
    this.model.zeroAllClocks();
    this.model.options.set("time_limit", limitS);
    this.model.run();
    if (this.model.getModelStatus() !== this.highs.constants.modelStatus.optimal) return null;
    return { cost: this.model.getObjectiveValue(), prices: this.model.getSolution().rowDual };
  }

  close(): void {
    this.model.dispose();
  }
}

/** Loads HiGHS (WebAssembly) into this thread. Its calls block the thread, for no longer than the limits they are given. */
export async function loadCoverSolver(): Promise<CoverSolver> {
  const highs = await loadHighs();
  return {
    relax: (rows) => new HighsRelaxation(highs, rows),
    choose: (rows, columns, start, limitS) => choose(highs, { rows, columns, start, limitS }),
  };
}

type Task = { rows: Rows; columns: readonly Column[]; start: readonly number[]; limitS: number };

function choose(highs: Highs, { rows, columns, start, limitS }: Task): Choice {
  if (limitS < LEAST_S) return { columns: null, proven: false };
  const costOf = (chosen: readonly number[]) => chosen.reduce((sum, c) => sum + (columns[c]?.cost ?? 0), 0);
  return highs.withModel(modelOf(highs, rows, columns, true), (model) => {
    model.options.set({ output_flag: false, time_limit: limitS, mip_rel_gap: 0, random_seed: 1 });
    const colValue = new Float64Array(columns.length);
    for (const c of start) colValue[c] = 1;
    model.setSolution({ colValue });
    model.run();
    const proven = model.getModelStatus() === highs.constants.modelStatus.optimal;
    if (model.info.get("primal_solution_status") !== highs.constants.solutionStatus.feasible)
      return { columns: null, proven };
    const { colValue: values } = model.getSolution();
    const chosen = columns.flatMap((_, c) => ((values[c] ?? 0) > 0.5 ? [c] : []));
    return { columns: costOf(chosen) < costOf(start) - 1e-6 ? chosen : null, proven };
  });
}
