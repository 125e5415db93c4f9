// Sets everything up that `npm start` and `npm test` need; does only what is missing.
// Node's own modules only: it runs before anything is installed.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateClients } from './generate.mjs';
import { buildProjects, bundleUi } from './setup/build.mjs';
import { FOR_START, FOR_TESTS, installDebianPackages } from './setup/packages-debian.mjs';
import { buildRawSocket, installPackages } from './setup/packages-npm.mjs';
import { SetupError } from './setup/steps.mjs';

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new SetupError(`Kerbside needs Node.js 20.19 or newer; this is ${process.version}`);
}

/** Installs, generates and builds what is missing. */
export async function setUp({ debian = FOR_START } = {}) {
  checkNode();
  await installDebianPackages(debian);
  await installPackages();
  await buildRawSocket();
  await generateClients();
  await buildProjects();
  await bundleUi('admin');
  await bundleUi('csms');
}

/** Shows what went wrong in words, and gives the exit code. */
export function report(error) {
  process.stderr.write(`${error instanceof SetupError ? error.message : error.stack}\n`);
  return 1;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const build = process.argv.includes('--build');
  const debian = process.argv.includes('--test') ? FOR_TESTS : build ? [] : FOR_START;
  try {
    await setUp({ debian });
  } catch (error) {
    process.exitCode = report(error);
  }
}
