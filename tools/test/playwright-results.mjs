// Reads Playwright's JSON report into what the tally takes.
import { skipReason } from './vitest-reporter.mjs';

const escape = String.fromCharCode(27);
const colours = new RegExp(`${escape}\\[[0-9;]*m`, 'g');
const plain = (text) => text.replace(colours, '');

export function readPlaywrightReport(report) {
  const results = { passed: 0, failures: [], skips: [] };
  const visit = (suite, above) => {
    const titles = suite.title && suite.title !== suite.file ? [...above, suite.title] : above;
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        const project = test.projectName ? `[${test.projectName}] ` : '';
        const title = `${project}${spec.file} > ${[...titles, spec.title].join(' > ')}`;
        take(test, title, [spec.title, ...titles]);
      }
    }
    for (const inner of suite.suites ?? []) visit(inner, titles);
  };
  const take = (test, title, titles) => {
    if (test.status === 'expected') results.passed += 1;
    else if (test.status === 'skipped') {
      const note = test.annotations.find(({ type }) => type === 'skip' || type === 'fixme');
      results.skips.push({ title, reason: skipReason(note?.description, titles) });
    } else {
      const errors = test.results.flatMap((result) => result.errors ?? []);
      const detail = errors.map((error) => plain(error.stack ?? error.message ?? '')).join('\n\n');
      // A test that passed only when tried again is a failure too: it hides a race.
      results.failures.push({ title, detail: detail || `ended as ${test.status}` });
    }
  };
  for (const suite of report.suites ?? []) visit(suite, []);
  for (const error of report.errors ?? []) {
    results.failures.push({
      title: 'Playwright, outside of any test',
      detail: plain(error.stack ?? error.message ?? ''),
    });
  }
  return results;
}
