import { millis } from '@kerbside/kernel';
import { describe, expect, it } from 'vitest';
import { watchedEvse } from './support/matched-car.ts';

async function matchedCar() {
  const evse = watchedEvse();
  await evse.clock.run(millis(500));
  const car = await evse.plugIn();
  expect(evse.kept.map(({ attempt }) => [attempt.id, attempt.result])).toEqual([['a1', 'matched']]);
  return { evse, car };
}

describe('what is kept of an attempt after its result', () => {
  it('the loss of the link, also when a new attempt begins at once', async () => {
    const { evse, car } = await matchedCar();
    car.modem.linkDown = true;
    await evse.clock.run(millis(900));
    evse.matching.leave();
    await evse.clock.run(millis(300));
    evse.matching.enter();
    await evse.clock.run(millis(5000));
    expect(evse.watch.attempt?.id).toBe('a2');
    const kept = evse.kept.map(({ attempt }) => [attempt.id, attempt.verdict.code]);
    expect(kept).toEqual([
      ['a1', 'matched'],
      ['a1', 'link-lost'],
    ]);
  });

  it('no attempt that still runs, also at the stop', async () => {
    const { evse, car } = await matchedCar();
    car.modem.linkDown = true;
    await evse.clock.run(millis(900));
    evse.matching.enter();
    evse.watch.stop();
    await evse.clock.run(millis(5000));
    expect(evse.kept.map(({ attempt }) => attempt.result)).not.toContain('running');
    expect(evse.kept.at(-1)?.attempt.verdict.code).toBe('link-lost');
  });
});
