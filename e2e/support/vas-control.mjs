// The network part of the internet service by itself: orders on standard input, a JSON line each, answers
// on standard output. Arguments: directory, settings as JSON, [PATH].
import { createInterface } from 'node:readline';
import { createNetworkControl, runVasSelfTest, systemClock } from '@kerbside/host';
import { silentLogger } from '@kerbside/kernel';
import { createVasNetwork, DEFAULT_INTERNET_SETTINGS, usageOf } from '@kerbside/vas';

const [directory, settings, path] = process.argv.slice(2);
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
let reached = () => {};
const control = createNetworkControl({
  directory,
  log: silentLogger,
  ...(path ? { path } : {}),
});
const network = createVasNetwork({
  control,
  clock: systemClock,
  log: silentLogger,
  settings: () => ({
    ...DEFAULT_INTERNET_SETTINGS,
    ula: 'fd12:3456:789a::/48',
    ...JSON.parse(settings || '{}'),
  }),
  report: (report) =>
    say(
      report.report === 'plan' ? { ...report, plan: undefined, steps: report.plan.steps } : report,
    ),
  changed(evse, link) {
    reached(link.phase);
    say({ evse, phase: link.phase, reason: link.reason });
  },
});
say({ recovered: await control.recover() });
const reason = { code: 'session-ended', text: 'the session is over' };
/** Milliseconds of each of so many cycles: selected until up, then until nothing is left. */
async function cycles({ count, request }) {
  const took = [];
  const until = (phase) =>
    new Promise((resolve) => (reached = (now) => now === phase && resolve()));
  for (let cycle = 0; cycle < count; cycle++) {
    const began = performance.now();
    network.select(request);
    await until('up');
    const up = performance.now();
    network.release(request.evse, reason);
    await until('off');
    took.push({ up: up - began, down: performance.now() - up });
  }
  return took;
}
/** A car of our own making, as the charger's self-test has it. */
const selfTest = () => {
  const until = (phase) =>
    new Promise((resolve) => (reached = (now) => now === phase && resolve()));
  return runVasSelfTest({
    name: 'www.example',
    async up(name) {
      network.select({ evse: 99, interface: name, ports: [80, 443] });
      await until('up');
      return network.link(99).plan;
    },
    async down() {
      if (network.link(99).phase === 'off') return;
      network.release(99, reason);
      await until('off');
    },
  });
};
createInterface({ input: process.stdin })
  .on('line', async (line) => {
    const order = JSON.parse(line);
    if (order.select) network.select(order.select);
    if (order.release) network.release(order.release, reason);
    if (order.usage) say({ usage: usageOf(order.usage, await control.counters()) });
    if (order.daemon) say({ pid: control.daemon(order.daemon)?.pid ?? null });
    if (order.cycles) say({ took: await cycles(order.cycles) });
    if (order.selfTest)
      say({
        checks: await selfTest().catch((error) => [
          { check: 'set-up', result: 'failed', detail: String(error) },
        ]),
      });
    if (order.descriptors)
      say({ descriptors: (await import('node:fs')).readdirSync('/proc/self/fd').length });
  })
  .on('close', async () => {
    await network.stop({ code: 'shutdown', text: 'the charger stops' });
    process.exit(0);
  });
