/** Shows people what the launcher does: one calm line each. */
export interface Progress {
  /** A line with what was done and the time that it took since the line before. */
  step(title: string, said: string): void;
  /** A line by itself. */
  say(text: string): void;
}

export function progressOn(write: (text: string) => void, now: () => number): Progress {
  let since = now();
  return {
    step(title, said) {
      const took = ((now() - since) / 1000).toFixed(1);
      since = now();
      write(`  ${title.padEnd(26)} ${said} (${took} s)\n`);
    },
    say: (text) => write(`${text}\n`),
  };
}
