import { expect, it } from 'vitest';
import { millis, seconds } from './duration.ts';
import { ReportLimit } from './report-limit.ts';
import { ManualClock } from './testing/index.ts';

it('lets so many pass in a second, and tells of the others with the first of the next', async () => {
  const clock = new ManualClock();
  const held: number[] = [];
  const limit = new ReportLimit(clock, 3, (count) => held.push(count));
  const passed = () => [1, 2, 3, 4, 5].filter(() => limit.passes()).length;
  expect(passed()).toBe(3);
  await clock.run(millis(500));
  expect(passed()).toBe(0);
  expect(held).toEqual([]);
  await clock.run(seconds(1));
  expect(passed()).toBe(3);
  expect(held).toEqual([7]);
});
