/** A column of a covering program: what it costs to choose it, and the rows that it adds one to. */
export type Column = { cost: number; rows: readonly number[] };

/** Rows are sums of chosen columns within `lower` and `upper`. */
export type Rows = { lower: readonly number[]; upper: readonly number[] };

/** A program under way, whose columns are added bit by bit. */
export type Relaxation = {
  add(columns: readonly Column[]): void;
  /** Solves it with fractions allowed. @returns the least cost and the price of each row, or null when time is up */
  solve(limitS: number): { cost: number; prices: Float64Array } | null;
  close(): void;
};

/** What came of choosing: columns cheaper than the start (null = none found), and whether nothing cheaper can be left. */
export type Choice = { columns: number[] | null; proven: boolean };

/** What combines columns at least cost. Implemented outside: this module stays free of solvers. */
export type CoverSolver = {
  relax(rows: Rows): Relaxation;
  /** Chooses columns, none in part. @param start - a choice to begin with */
  choose(rows: Rows, columns: readonly Column[], start: readonly number[], limitS: number): Choice;
};
