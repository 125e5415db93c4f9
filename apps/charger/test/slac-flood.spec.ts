import { millis, seconds } from '@kerbside/kernel';
import { ManualClock } from '@kerbside/kernel/testing';
import { encodeFrame, KEPT_BYTES } from '@kerbside/slac';
import { describe, expect, it } from 'vitest';
import { BYTES_PER_MINUTE, slacJournal } from '../src/slac/slac-journal.ts';
import { CAR_MAC, watchedEvse } from './support/matched-car.ts';

const BROADCAST = 'ff:ff:ff:ff:ff:ff';
const request = (from: string, run: number) =>
  encodeFrame({
    name: 'CM_SLAC_PARM.REQ',
    ODA: BROADCAST,
    OSA: from,
    APPLICATION_TYPE: 0,
    SECURITY_TYPE: 0,
    RunID: run.toString(16).padStart(16, '0'),
    trailing: 'ab'.repeat(1400),
  });

describe('a stranger who floods the wire', () => {
  it('does not have the attempt of a matched car written again and again', async () => {
    const evse = watchedEvse();
    await evse.clock.run(millis(500));
    await evse.plugIn();
    const stranger = evse.join('02:00:00:00:00:99');
    for (let i = 0; i < 300; i++) {
      stranger.send(request('02:00:00:00:00:99', i));
      await evse.clock.run(millis(100));
    }
    expect(evse.matching.slac.state.at).toBe('matched');
    expect(evse.reports.filter(({ kind }) => kind === 'frame').length).toBeGreaterThan(300);
    expect(evse.kept).toHaveLength(1);
  });

  it('nor one who takes the address of the car, more than a few times; a lost link still is', async () => {
    const evse = watchedEvse();
    await evse.clock.run(millis(500));
    const car = await evse.plugIn();
    const stranger = evse.join('02:00:00:00:00:99');
    for (let i = 0; i < 300; i++) {
      stranger.send(request(CAR_MAC, i));
      await evse.clock.run(millis(200));
    }
    expect(evse.kept.length).toBeGreaterThan(1);
    expect(evse.kept.length).toBeLessThanOrEqual(11);
    const before = evse.kept.length;
    car.modem.linkDown = true;
    await evse.clock.run(seconds(4));
    expect(evse.kept.slice(before).map(({ attempt }) => attempt.verdict.code)).toEqual([
      'link-lost',
    ]);
  });

  it('fills the journal with so many bytes a minute, and what is left out is counted', async () => {
    const clock = new ManualClock();
    const notes: { type: string; data: Record<string, unknown> }[] = [];
    const journal = slacJournal(clock, {
      note: (_, type, data) => notes.push({ type, data: data as Record<string, unknown> }),
    });
    const frame = {
      kind: 'frame',
      direction: 'in',
      name: 'CM_SLAC_PARM.REQ',
      from: '02:00:00:00:00:99',
      to: BROADCAST,
      sinceMs: 10,
      hex: 'ab'.repeat(1450),
    } as const;
    const SENT = 4000;
    for (let i = 0; i < SENT; i++) {
      journal(frame);
      await clock.run(millis(10));
    }
    journal({ kind: 'suppressed', reports: 7 });
    journal({ kind: 'ended', why: 'unplugged' });
    const frames = notes.filter(({ type }) => type === 'slac.frame');
    for (const { data } of frames) expect(data.hex).toHaveLength(2 * KEPT_BYTES);
    expect(JSON.stringify(frames).length).toBeLessThan(1.2 * BYTES_PER_MINUTE);
    expect(notes.at(-1)?.type).toBe('slac.ended');
    await clock.run(seconds(60));
    journal(frame);
    expect(notes.slice(-2).map(({ type, data }) => [type, data.reports])).toEqual([
      ['slac.suppressed', SENT - frames.length + 7],
      ['slac.frame', undefined],
    ]);
  });

  it('a matching process leaves most of the room', async () => {
    const evse = watchedEvse();
    await evse.clock.run(millis(500));
    await evse.plugIn();
    const traced = evse.reports.filter(({ kind }) => kind === 'frame');
    expect(traced.length).toBeGreaterThan(20);
    expect(JSON.stringify(traced).length).toBeLessThan(BYTES_PER_MINUTE / 8);
  });
});
