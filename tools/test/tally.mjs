// What the steps of `npm test` found, and how it is told at the end.

/** Collects results: each test, and each static check as one. */
export class Tally {
  #passed = 0;
  #failures = [];
  #skips = [];

  pass(count = 1) {
    this.#passed += count;
  }

  fail(title, detail) {
    this.#failures.push({ title, detail: detail.trimEnd() });
  }

  skip(title, reason) {
    this.#skips.push({ title, reason: reason?.trim() || 'no reason given' });
  }

  /** Takes over the results of a test runner. */
  add({ passed, failures, skips }) {
    this.pass(passed);
    for (const { title, detail } of failures) this.fail(title, detail);
    for (const { title, reason } of skips) this.skip(title, reason);
  }

  get failed() {
    return this.#failures.length;
  }

  /** Failures in full, then what was skipped and why, then the counts as the very last line. */
  report(write) {
    if (this.#failures.length > 0) write('\nFailed:\n');
    for (const { title, detail } of this.#failures) {
      write(`\n  ${title}\n${detail.replace(/^/gm, '    ')}\n`);
    }
    if (this.#skips.length > 0) write('\nSkipped:\n');
    for (const [reason, titles] of Map.groupBy
      ? Map.groupBy(this.#skips, (skip) => skip.reason)
      : group(this.#skips)) {
      write(`\n  ${reason}\n`);
      for (const { title } of titles) write(`    ${title}\n`);
    }
    write(
      `\n${this.#passed} passed, ${this.#failures.length} failed, ${this.#skips.length} skipped\n`,
    );
  }
}

function group(skips) {
  const groups = new Map();
  for (const skip of skips) groups.set(skip.reason, [...(groups.get(skip.reason) ?? []), skip]);
  return groups;
}
