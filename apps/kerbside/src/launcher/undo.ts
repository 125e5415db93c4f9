export interface Undo {
  /** Remembers how to take back what was just done. */
  add(act: () => Promise<unknown> | unknown): void;
  /** Takes everything back, the last first; one that fails does not keep the others from it. */
  all(): Promise<Error[]>;
}

export function undoStack(): Undo {
  const acts: (() => Promise<unknown> | unknown)[] = [];
  return {
    add: (act) => void acts.push(act),
    async all() {
      const errors: Error[] = [];
      for (let act = acts.pop(); act; act = acts.pop()) {
        try {
          await act();
        } catch (error) {
          errors.push(error instanceof Error ? error : new Error(String(error)));
        }
      }
      return errors;
    },
  };
}
