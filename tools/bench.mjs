// `npm run bench`: measures, and with `--write` puts the figures into docs/benchmarks.md.
import { spawn } from 'node:child_process';
import { report, setUp } from './setup.mjs';
import { root } from './setup/steps.mjs';

try {
  await setUp();
  const args = ['--conditions=@kerbside/source', '--import', './tools/source/register.mjs'];
  const child = spawn(process.execPath, [...args, 'e2e/bench/run.ts', ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
  });
  process.exitCode = await new Promise((resolve) =>
    child.on('close', (code) => resolve(code ?? 1)),
  );
} catch (error) {
  process.exitCode = report(error);
}
