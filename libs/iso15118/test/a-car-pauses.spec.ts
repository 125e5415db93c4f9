import { amps, millis, seconds, toHex } from '@kerbside/kernel';
import { ManualClock, SeededRandom, collectingLogger } from '@kerbside/kernel/testing';
import {
  createEvcc,
  createV2gService,
  type EvccConfig,
  type EvccReport,
  type V2gServiceReport,
  type V2gTransportListener,
} from '@kerbside/iso15118';
import { fakeCar, fakeEvse, memoryConnection } from '@kerbside/iso15118/testing';
import { describe, expect, it } from 'vitest';
import { readIso2 } from '../src/iso2/codec.ts';
import type { SeccSession } from '../src/secc/session.ts';
import { feed } from '../src/testing/feed-secc.ts';
import { evccConfig, seccConfig } from './session.ts';

/** The V2G service of one EVSE, before which cars come and go. */
function charger(kind: 'AC' | 'DC') {
  const clock = new ManualClock();
  const evse = fakeEvse(kind, clock);
  const log = collectingLogger();
  const reports: V2gServiceReport[] = [];
  let transport: V2gTransportListener | undefined;
  const service = createV2gService({
    config: () => seccConfig(kind),
    side: evse,
    ports: { clock, random: new SeededRandom(3), log },
    transport: { open: (listener) => (transport = listener), close: () => (transport = undefined) },
    sdp: { open: () => {}, close: () => {} },
    report: (report) => reports.push(report),
  });
  service.open();

  /** One connection of a car, until it is over. */
  async function visit(more: Partial<EvccConfig> = {}, acts: { pauseAfter?: number } = {}) {
    const pipe = memoryConnection(clock);
    const listener = transport?.onConnection(pipe.charger);
    if (!listener) throw new Error('refused');
    const seen: EvccReport[] = [];
    const began = reports.length;
    const evcc = createEvcc({
      config: evccConfig(kind, more),
      car: fakeCar(acts.pauseAfter === undefined ? 20 : 10_000),
      ports: { clock, log },
      transport: pipe.car,
      report: (report) => seen.push(report),
    });
    pipe.own(listener, evcc);
    evcc.start();
    if (acts.pauseAfter !== undefined) {
      await clock.run(millis(acts.pauseAfter), 10);
      evcc.pause('the driver pauses');
    }
    await clock.run(seconds(30), 10);
    const of = reports.slice(began);
    const body = <T>(name: string): T => {
      const raw = of.findLast((r) => r.report === 'message' && r.name === name);
      if (raw?.report !== 'message') throw new Error(`no ${name}`);
      return readIso2(raw.raw).body[name as never] as T;
    };
    const end = seen.at(-1);
    return {
      end,
      paused: end?.report === 'done' ? end.paused : undefined,
      joined: seen.flatMap((r) => (r.report === 'session' ? [r.joined] : [])),
      session: of.find((r) => r.report === 'session'),
      setup: body<{ ResponseCode: string; EVSEID: string }>('SessionSetupRes'),
      body,
    };
  }
  return { clock, evse, service, visit };
}

interface Offer {
  SAScheduleList: {
    SAScheduleTuple: {
      SAScheduleTupleID: number;
      PMaxSchedule: {
        PMaxScheduleEntry: {
          RelativeTimeInterval: { start: number; duration: number };
          PMax: { Multiplier: number; Value: number };
        }[];
      };
    }[];
  };
}
const watts = ({ Multiplier, Value }: { Multiplier: number; Value: number }) =>
  Value * 10 ** Multiplier;

describe.each(['AC', 'DC'] as const)('%s: a paused session', (kind) => {
  it('[V2G2-740] is joined by the car that names it, and goes on to the end', async () => {
    const b = charger(kind);
    const first = await b.visit({}, { pauseAfter: 4000 });
    expect(first.setup.ResponseCode).toBe('OK_NewSessionEstablished');
    expect(first.end).toMatchObject({ report: 'done', reason: 'the driver pauses' });
    expect(b.evse.requests.at(-1)).toEqual({ request: 'session-stop', pause: true });
    const { paused } = first;
    if (!paused) throw new Error('not paused');
    await b.clock.run(seconds(600), 1000);
    const second = await b.visit({ resume: paused });
    expect(second.setup).toMatchObject({
      ResponseCode: 'OK_OldSessionJoined',
      EVSEID: first.setup.EVSEID,
    });
    expect(second.joined).toEqual([true]);
    expect(second.session).toMatchObject({ sessionId: toHex(paused), joined: true });
    expect(second.end).toEqual({ report: 'done', reason: 'the car has enough' });
    expect(b.evse.requests.at(-1)).toEqual({ request: 'session-stop', pause: false });
  });

  it('[V2G2-741] offers what was selected: the mode, and the schedule less the time gone by', async () => {
    const b = charger(kind);
    const first = await b.visit({}, { pauseAfter: 4000 });
    const before = first.body<Offer>('ChargeParameterDiscoveryRes').SAScheduleList;
    // what the EVSE has may change meanwhile
    b.evse.live.maxCurrent = amps(8);
    await b.clock.run(seconds(600), 1000);
    const second = await b.visit({ resume: first.paused as Uint8Array });
    const after = second.body<Offer>('ChargeParameterDiscoveryRes').SAScheduleList;
    const [was] = before.SAScheduleTuple;
    const [is] = after.SAScheduleTuple;
    const [wasEntry] = was?.PMaxSchedule.PMaxScheduleEntry ?? [];
    const [isEntry] = is?.PMaxSchedule.PMaxScheduleEntry ?? [];
    if (!wasEntry || !isEntry) throw new Error('no schedule');
    expect(is?.SAScheduleTupleID).toBe(was?.SAScheduleTupleID);
    expect(watts(isEntry.PMax)).toBe(watts(wasEntry.PMax));
    const gone = wasEntry.RelativeTimeInterval.duration - isEntry.RelativeTimeInterval.duration;
    expect([634, 635]).toContain(gone);
    const { ChargeService, PaymentOptionList } = second.body<{
      ChargeService: { SupportedEnergyTransferMode: { EnergyTransferMode: string[] } };
      PaymentOptionList: { PaymentOption: string[] };
    }>('ServiceDiscoveryRes');
    expect(ChargeService.SupportedEnergyTransferMode.EnergyTransferMode).toEqual([
      kind === 'AC' ? 'AC_three_phase_core' : 'DC_extended',
    ]);
    expect(PaymentOptionList.PaymentOption).toEqual(['ExternalPayment']);
  });

  it('may be paused and joined again and again', async () => {
    const b = charger(kind);
    let { paused } = await b.visit({}, { pauseAfter: 4000 });
    for (let n = 0; n < 3; n++) {
      const again = await b.visit({ resume: paused as Uint8Array }, { pauseAfter: 4000 });
      expect(again.setup.ResponseCode).toBe('OK_OldSessionJoined');
      expect(again.paused).toEqual(paused);
      ({ paused } = again);
    }
  });
});

describe('a new session begins', () => {
  it.each([
    ['names another', Uint8Array.of(9, 9, 9, 9, 9, 9, 9, 9)],
    ['names one of another length', Uint8Array.of(9)],
    ['names none', undefined],
  ])('for a car that %s, and the paused one is given up', async (_, resume) => {
    const b = charger('AC');
    const { paused } = await b.visit({}, { pauseAfter: 4000 });
    const other = await b.visit(resume ? { resume } : {});
    expect(other.setup.ResponseCode).toBe('OK_NewSessionEstablished');
    expect(other.joined).toEqual([false]);
    expect(other.end?.report).toBe('done');
    expect(other.session).not.toMatchObject({ sessionId: toHex(paused as Uint8Array) });
    const late = await b.visit({ resume: paused as Uint8Array });
    expect(late.setup.ResponseCode).toBe('OK_NewSessionEstablished');
  });

  it('when the transaction of the paused one is over', async () => {
    const b = charger('AC');
    const { paused } = await b.visit({}, { pauseAfter: 4000 });
    b.evse.live.transaction = 'T2';
    const late = await b.visit({ resume: paused as Uint8Array });
    expect(late.setup.ResponseCode).toBe('OK_NewSessionEstablished');
    expect(late.end?.report).toBe('done');
  });

  it('for a car with another EVCCID, though it names the paused session', async () => {
    const b = charger('AC');
    const { paused } = await b.visit({}, { pauseAfter: 4000 });
    const resume = paused as Uint8Array;
    const other = await b.visit({ resume, evccId: Uint8Array.of(2, 0, 0, 0, 9, 9) });
    expect(other.setup.ResponseCode).toBe('OK_NewSessionEstablished');
    expect(other.session).not.toMatchObject({ sessionId: toHex(resume) });
  });

  it('after a session that ended, or paused without a transaction', async () => {
    const b = charger('AC');
    const ended = await b.visit();
    expect(ended.paused).toBeUndefined();
    const id = (ended.session as { sessionId: string }).sessionId;
    const bytes = Uint8Array.from(id.match(/../g) ?? [], (hex) => parseInt(hex, 16));
    expect((await b.visit({ resume: bytes })).joined).toEqual([false]);
    b.evse.live.transaction = undefined;
    const { request } = b.evse;
    b.evse.request = (r) => {
      request(r);
      b.evse.live.transaction = undefined;
    };
    const { paused } = await b.visit({}, { pauseAfter: 4000 });
    expect((await b.visit({ resume: paused as Uint8Array })).joined).toEqual([false]);
  });
});

it('a schedule of which nothing is left is replaced by a new one', async () => {
  const b = charger('AC');
  const { paused } = await b.visit({ departureTime: 60 }, { pauseAfter: 4000 });
  b.evse.live.maxCurrent = amps(8);
  await b.clock.run(seconds(60), 1000);
  const second = await b.visit({ resume: paused as Uint8Array });
  const [tuple] = second.body<Offer>('ChargeParameterDiscoveryRes').SAScheduleList.SAScheduleTuple;
  const [entry] = tuple?.PMaxSchedule.PMaxScheduleEntry ?? [];
  expect(entry && watts(entry.PMax)).toBe(3 * 230 * 8);
  expect(entry?.RelativeTimeInterval.duration).toBe(86_400);
});

it('a schedule without power binds no car that comes back: it gets a new session, and what there is now', async () => {
  const b = charger('AC');
  b.evse.live.maxCurrent = amps(5);
  const { paused } = await b.visit({}, { pauseAfter: 4000 });
  b.evse.live.maxCurrent = amps(16);
  await b.clock.run(seconds(60), 1000);
  const second = await b.visit({ resume: paused as Uint8Array });
  expect(second.setup.ResponseCode).toBe('OK_NewSessionEstablished');
  const [tuple] = second.body<Offer>('ChargeParameterDiscoveryRes').SAScheduleList.SAScheduleTuple;
  const [entry] = tuple?.PMaxSchedule.PMaxScheduleEntry ?? [];
  expect(entry && watts(entry.PMax)).toBe(3 * 230 * 16);
  expect(second.end).toEqual({ report: 'done', reason: 'the car has enough' });
});

it('the least that AC offers is a schedule to come back to', async () => {
  const b = charger('AC');
  b.evse.live.maxCurrent = amps(6);
  const { paused } = await b.visit({}, { pauseAfter: 4000 });
  expect((await b.visit({ resume: paused as Uint8Array })).joined).toEqual([true]);
});

describe('the schedule that is kept', () => {
  const offered = { pMax: 11_040, until: 86_400_000 };
  const keptBy = (session: Partial<SeccSession>) => {
    const { effects } = feed(
      'power-delivery',
      { SessionStopReq: { ChargingSession: 'Pause' } },
      { facts: { transaction: 'T1' }, session: { evccId: '0A0B', schedule: offered, ...session } },
    );
    const keep = effects.find((effect) => effect.do === 'keep');
    return keep?.session;
  };

  it('is the one that the car chose, not one that it was but offered', () => {
    expect(keptBy({})).toMatchObject({ transaction: 'T1', mode: 'AC_three_phase_core' });
    expect(keptBy({})).not.toHaveProperty('schedule');
    expect(keptBy({ agreed: offered })).toMatchObject({ schedule: offered });
  });

  it('stays that of before where the car chose none since', () => {
    const schedule = { pMax: 5000, until: 1000 };
    const id = Uint8Array.of(1);
    const joined = { id, evseId: 'E', evccId: '0A0B', transaction: 'T1', schedule };
    expect(keptBy({ joined })).toMatchObject({ schedule });
    expect(keptBy({ joined, agreed: offered })).toMatchObject({ schedule: offered });
  });
});

it('a joined session keeps to the mode of before', async () => {
  const b = charger('AC');
  const { paused } = await b.visit({}, { pauseAfter: 4000 });
  const other = await b.visit({ resume: paused as Uint8Array, mode: 'AC_single_phase_core' });
  expect(other.setup.ResponseCode).toBe('OK_OldSessionJoined');
  expect(other.end).toEqual({ report: 'failed', reason: 'AC_single_phase_core is not offered' });
});
