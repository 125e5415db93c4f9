import type { FailureReport } from '../database/sqlite-error.ts';
import type { Operation } from '../operations.ts';
import type { Guard } from './guard.ts';

/** Batches that share one transaction: each takes effect whole or not at all, in this order. */
export interface Group {
  /** Counts from 1 within a run of the program. */
  readonly group: number;
  /** The commit waits for the disk. */
  readonly critical: boolean;
  readonly batches: readonly (readonly Operation[])[];
}

/** What became of one batch: the rows it changed, or why it was refused. */
export type BatchOutcome = { readonly changes: number } | { readonly refused: FailureReport };

export type ToWriter =
  { readonly ask: 'commit'; readonly group: Group } | { readonly ask: 'close' };

export type FromWriter =
  /** `last` is the newest group of this run that is on disk, with its outcomes. */
  | { readonly tell: 'ready'; readonly last: Mark | undefined }
  | {
      readonly tell: 'committed';
      readonly group: number;
      readonly outcomes: readonly BatchOutcome[];
    }
  /** Nothing of the group is in the database. */
  | { readonly tell: 'failed'; readonly group: number; readonly failure: FailureReport }
  | { readonly tell: 'closed' };

export interface Mark {
  readonly group: number;
  readonly outcomes: readonly BatchOutcome[];
}

export interface WriterData {
  readonly file: string;
  /** Names this run of the program: group numbers count from 1 in each. */
  readonly run: string;
  readonly guard: Guard;
}
