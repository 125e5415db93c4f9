// What is built: the TypeScript projects, and the admin UI's bundle.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bin, filesUnder, hashTimes, must, readStamp, root, step, writeStamp } from './steps.mjs';

const code = (name) => /\.(ts|tsx|json)$/.test(name);

/** Builds all projects when a source changed since the last build. */
export async function buildProjects() {
  const sources = ['tsconfig.json', 'tsconfig.base.json', 'package-lock.json', 'libs', 'apps'];
  const hash = hashTimes(filesUnder(sources, code));
  const built = existsSync(join(root, 'apps/kerbside/dist/main.js'));
  if (built && readStamp('build') === hash) return;
  await step('build', async () => {
    await must(bin('tsc'), ['-b']);
    writeStamp('build', hash);
    return 'done';
  });
}

/** Bundles a web UI when its sources changed since the last bundle. */
export async function bundleUi(app) {
  const folder = join(root, 'apps', app);
  if (!['ts', 'js', 'mts', 'mjs'].some((end) => existsSync(join(folder, `vite.config.${end}`))))
    return;
  const hash = hashTimes(
    filesUnder([`apps/${app}`, 'libs/ui', 'libs/contracts', 'libs/kernel', 'package-lock.json']),
  );
  const stamp = `bundle-${app}`;
  if (readStamp(stamp) === hash && existsSync(join(folder, 'dist'))) return;
  await step(`web UI (${app})`, async () => {
    await must(bin('vite'), ['build', '--logLevel', 'error'], { cwd: folder });
    writeStamp(stamp, hash);
    return 'bundled';
  });
}
