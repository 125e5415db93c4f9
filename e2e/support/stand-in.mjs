// A program of the bench that only does what the launcher expects of one: for tests of the launcher.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename } from 'node:path';
import { exitWithParent, listenTarget } from '../../libs/host/dist/index.js';

const name = basename(process.argv[1], '.mjs');
const names = (process.env.LISTEN_FDNAMES ?? '').split(':').filter(Boolean);
const wanted = readFileSync(`${process.env.KERBSIDE_DATA}/stand-in-${name}.json`, {
  encoding: 'utf8',
  flag: 'a+',
});
const { exitCode, deaf } = wanted ? JSON.parse(wanted) : {};

console.error(`${name} starts as process ${process.pid}`);
if (exitCode !== undefined) {
  console.error('the stand-in was told to fail');
  process.exit(exitCode);
}

const facts = () => ({
  name,
  pid: process.pid,
  interfaces: readFileSync('/proc/self/net/dev', 'utf8')
    .split('\n')
    .slice(2)
    .map((line) => line.split(':')[0].trim())
    .filter(Boolean)
    .sort(),
  env: Object.fromEntries(
    Object.entries(process.env).filter(([key]) => /^(KERBSIDE|LISTEN)_/.test(key)),
  ),
});

for (const which of names) {
  const server = createServer((request, response) => {
    if (request.url === '/die') process.kill(process.pid, 'SIGKILL');
    response.end(JSON.stringify({ ...facts(), which }));
  });
  await new Promise((resolve) => server.listen(listenTarget(process.env, {}, which), resolve));
}
console.log(JSON.stringify({ ...facts(), event: 'facts' }));
console.log(
  JSON.stringify({
    event: 'ready',
    ...(name === 'charger' ? { claimed: false, claimCode: 'ABCD-EFGH' } : {}),
  }),
);
setInterval(() => {}, 60_000);
// A deaf one ends by SIGKILL alone.
if (deaf) {
  process.on('SIGTERM', () => {});
} else {
  exitWithParent(() => console.error(`${name} stops`));
}
