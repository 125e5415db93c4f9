export interface BenchResult {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
