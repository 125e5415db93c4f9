export interface BenchResult {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}
/** Measures commits of one journal entry with its queue row, each synced, and what the threads weigh. */
export declare function benchStore(under?: string): Promise<BenchResult[]>;
//# sourceMappingURL=store-bench.d.ts.map
