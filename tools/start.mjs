// `npm start`: sets up what is missing, then runs the bench in this same process.
import { report, setUp } from './setup.mjs';

try {
  await setUp();
  const { main } = await import('../apps/kerbside/dist/main.js');
  process.exitCode = await main(['start', '--bench', ...process.argv.slice(2)]);
} catch (error) {
  process.exitCode = report(error);
}
