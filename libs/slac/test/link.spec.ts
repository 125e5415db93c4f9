import { describe, expect, it } from 'vitest';
import { millis } from '@kerbside/kernel';
import { encodeFrame } from '../src/index.ts';
import { Bench, EVSE, type Vehicle } from './bench.ts';

/** A car that has the key, and whose link does not stand. */
async function joining(
  options: ConstructorParameters<typeof Bench>[0] = {},
): Promise<{ bench: Bench; car: Vehicle }> {
  const bench = new Bench(options);
  await bench.run(500);
  const car = bench.vehicle({ modem: { linkDown: true } });
  bench.evse.enterBcd();
  void car.pev.start();
  while (bench.evse.state.at !== 'joining') await bench.run(10);
  return { bench, car };
}

describe('a modem that answered for the link', () => {
  it('and falls silent while joining is not taken for one that cannot tell', async () => {
    const { bench } = await joining();
    await bench.run(1000);
    expect(bench.count('VS_PL_LNK_STATUS.CNF')).toBeGreaterThan(0);
    if (bench.modem) bench.modem.off = true;
    await bench.run(5000);
    expect(bench.evse.state).toMatchObject({ at: 'joining', match: { linkSeen: false } });
    await bench.run(7000);
    expect(bench.of('matched')).toEqual([]);
    expect(bench.of('failed')).toMatchObject([{ cause: { code: 'link-not-formed' } }]);
  });

  it('is not taken for silent because nothing could be sent', async () => {
    const { bench } = await joining();
    const send = bench.evseLink.send.bind(bench.evseLink);
    bench.evseLink.send = () => {
      throw new Error('ENETDOWN');
    };
    await bench.run(3000);
    expect(bench.evse.state.at).toBe('joining');
    bench.evseLink.send = send;
    await bench.run(2000);
    expect(bench.evse.state.at).toBe('joining');
  });
});

it('indications that the link changed count as no unanswered question', async () => {
  const { bench } = await joining();
  if (bench.modem) bench.modem.off = true;
  const bytes = encodeFrame({ name: 'NSCM_D_LINK_READY.IND', ODA: EVSE, OSA: '02:00:00:00:00:99' });
  for (let i = 0; i < 12; i++) bench.evseLink.receive(bytes);
  expect(bench.evse.state.at).toBe('joining');
  await bench.run(20);
  expect(bench.evse.state.at).toBe('joining');
});

it('a modem that tells of the link late is believed from then on', async () => {
  let deaf = true;
  const { bench, car } = await joining({
    bus: { drop: (frame) => deaf && frame.name === 'VS_PL_LNK_STATUS.REQ' },
  });
  await bench.run(2000);
  expect(bench.evse.state).toMatchObject({ at: 'matched', match: { linkSeen: false } });
  expect(bench.evse.state.modem.trouble).toBeUndefined();
  deaf = false;
  if (car.modem) car.modem.linkDown = false;
  await bench.run(6000);
  expect(bench.of('link')).toMatchObject([{ up: true }]);
  expect(bench.evse.state).toMatchObject({ at: 'matched', match: { linkSeen: true } });
  if (car.modem) car.modem.linkDown = true;
  await bench.run(1000);
  expect(bench.of('failed')).toMatchObject([{ cause: { code: 'link-lost' } }]);
});

it('a link that falls after TT_match_join, before it stood for TP_link_ready_notification, was not formed', async () => {
  const { bench, car } = await joining({
    evse: { timers: { TP_link_ready_notification: millis(1000) } },
  });
  const began = bench.evse.state.since;
  await bench.run(began + 11_850 - bench.clock.monotonic());
  if (car.modem) car.modem.linkDown = false;
  await bench.run(200);
  expect(bench.evse.state).toMatchObject({ at: 'joining', match: { linkSeen: true } });
  expect(bench.evse.armed).not.toContain('TT_match_join');
  if (car.modem) car.modem.linkDown = true;
  await bench.run(500);
  expect(bench.of('failed')).toMatchObject([{ cause: { code: 'link-not-formed' } }]);
  expect(bench.of('matched')).toEqual([]);
});

it('a car whose interface comes back with another address matches by that one', async () => {
  const bench = new Bench();
  await bench.run(500);
  const car = bench.vehicle({ modem: false, config: { modem: 'none' } });
  car.link.mac.set([2, 0, 0, 0, 0xe0, 9]);
  expect(await bench.plugIn(car)).toMatchObject({ kind: 'matched' });
  expect(bench.evse.state.match?.evMac).toBe('02:00:00:00:e0:09');
  expect(bench.frames('CM_SLAC_MATCH.REQ')).toMatchObject([
    { OSA: '02:00:00:00:e0:09', PEV_MAC: '02:00:00:00:e0:09' },
  ]);
});
