/** One command of `kerbside`. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Runs it with the arguments after its name, and gives the exit code. */
  run(args: readonly string[], io: CommandIo): Promise<number>;
}

/** What a command reads and writes. */
export interface CommandIo {
  readonly input: AsyncIterable<string | Uint8Array>;
  out(text: string): void;
  err(text: string): void;
  /** Waits until more may be written; false once the reader of `out` is gone. */
  ready?(): Promise<boolean>;
}
