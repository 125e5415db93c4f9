// Vitest reporter: a line per file as it ends, and every result with its reason, as JSON for the tally.
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

const place = (module) => relative(process.cwd(), module.moduleId);

/** `ctx.skip('reason')` leaves a note; else a reason may stand in brackets at the end of a title. */
export function skipReason(note, titles) {
  if (note) return note;
  for (const title of titles) {
    const inBrackets = /\(([^()]+)\)$/.exec(title)?.[1];
    if (inBrackets) return inBrackets;
  }
  return undefined;
}

function describeError(error) {
  const parts = [error.stack || error.message || String(error)];
  if (!parts[0].includes(error.message ?? '')) parts.unshift(error.message);
  if (error.diff) parts.push(error.diff);
  for (let cause = error.cause; cause; cause = cause.cause) {
    parts.push(`caused by: ${cause.stack ?? cause.message ?? cause}`);
  }
  return parts.join('\n');
}

export default class TallyReporter {
  #results = { passed: 0, failures: [], skips: [] };

  onTestModuleEnd(module) {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    for (const test of module.children.allTests()) {
      const title = `${place(module)} > ${test.fullName}`;
      const result = test.result();
      if (result.state === 'passed') {
        counts.passed += 1;
        this.#results.passed += 1;
      } else if (result.state === 'failed') {
        counts.failed += 1;
        const detail = result.errors.map(describeError).join('\n\n');
        this.#results.failures.push({ title, detail });
      } else {
        counts.skipped += 1;
        const titles = [test.name, ...parents(test)];
        this.#results.skips.push({ title, reason: skipReason(result.note, titles) });
      }
    }
    const groups = [module, ...module.children.allSuites()];
    for (const error of groups.flatMap((suite) => suite.errors())) {
      counts.failed += 1;
      this.#results.failures.push({ title: place(module), detail: describeError(error) });
    }
    const took = `${((module.diagnostic().duration + module.diagnostic().collectDuration) / 1000).toFixed(1)} s`;
    const told = Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([word, count]) => `${count} ${word}`);
    if (process.env.KERBSIDE_TALLY_QUIET) return;
    process.stdout.write(`    ${place(module).padEnd(60)} ${told.join(', ')} (${took})\n`);
  }

  onTestRunEnd(_modules, unhandledErrors) {
    for (const error of unhandledErrors) {
      this.#results.failures.push({
        title: 'an error outside of any test',
        detail: describeError(error),
      });
    }
    writeFileSync(process.env.KERBSIDE_TALLY_FILE, JSON.stringify(this.#results));
  }
}

function parents(test) {
  const titles = [];
  for (let suite = test.parent; suite.type === 'suite'; suite = suite.parent)
    titles.push(suite.name);
  return titles;
}
