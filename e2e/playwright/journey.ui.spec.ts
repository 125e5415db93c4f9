import { CLAIM_CODE } from '../../apps/admin/dev/mock-server.mjs';
import { OWNER, screenshot, test } from './fixtures.ts';
import { Journey } from './journey.ts';

test.use({ unitOptions: { speed: 10 } });

for (const [kind, evse, steps] of [
  ['DC', 1, [/SessionSetup/, /PreCharge/, /CurrentDemand/]],
  ['AC', 2, [/SessionSetup/, /ChargingStatus/]],
  ['Basic', 2, [/Pilot output 53.3 %/]],
] as const)
  test(`claim, plug in (${kind}), watch, stop, history`, async ({ watched, unit }, info) => {
    const journey = new Journey(watched, unit.url, 20_000);
    await journey.claim(CLAIM_CODE, OWNER);
    await journey.openEvse(evse);
    await journey.plugIn(kind, 'KERB-OWNER');
    for (const step of steps) await journey.inTimeline(step);
    await journey.inTimeline(/StartTransaction/);
    await journey.energyFlows();
    await screenshot(watched, info.project.name, `charging-${kind.toLowerCase()}`);
    await journey.stop();
    await journey.unplug();
    await journey.lastSession();
  });
