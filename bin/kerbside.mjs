#!/usr/bin/env node
// Committed as it is, so that npx finds it before anything is built.
import { existsSync } from 'node:fs';

const built = new URL('../apps/kerbside/dist/main.js', import.meta.url);
if (!existsSync(built)) {
  const setUp = new URL('../tools/setup.mjs', import.meta.url);
  const { report, setUp: run } = await import(setUp.href);
  try {
    // Standard output belongs to the command; the set-up's progress goes beside it.
    process.stdout.write = process.stderr.write.bind(process.stderr);
    await run({ debian: [] });
  } catch (error) {
    process.exit(report(error));
  } finally {
    delete process.stdout.write;
  }
}
const { main } = await import(built.href);
process.exitCode = await main(process.argv.slice(2));
