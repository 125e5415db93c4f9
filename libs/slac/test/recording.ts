import { type Attempt, createAttemptRecorder, encodeFrame, type Sendable } from '../src/index.ts';
import type { RecorderOptions } from '../src/index.ts';
import { Bench, EVSE } from './bench.ts';

/** A bench whose charger is recorded. */
export function recordedBench(
  options: NonNullable<ConstructorParameters<typeof Bench>[0]> & {
    recorder?: Partial<RecorderOptions>;
    session?: () => string | undefined;
  } = {},
) {
  let ids = 0;
  const recorder = createAttemptRecorder({ id: () => `attempt-${++ids}`, ...options.recorder });
  const finished: Attempt[] = [];
  const told: string[] = [];
  const bench = new Bench({
    ...options,
    report(report, clock) {
      const time = { at: clock.monotonic(), wall: clock.now() };
      const recorded = recorder.observe(report, time, options.session?.());
      told.push(recorded);
      const { current } = recorder;
      if (recorded === 'finished' && current) finished.push(current);
    },
  });
  return {
    bench,
    recorder,
    finished,
    told,
    get attempt(): Attempt {
      if (!recorder.current) throw new Error('no attempt');
      return recorder.current;
    },
  };
}

export const CAR = '02:00:00:00:aa:01';
export const RUN = '0102030405060708';
const BROADCAST = 'ff:ff:ff:ff:ff:ff';
const ZEROS_17 = '0'.repeat(34);
type Change = Readonly<Record<string, unknown>>;
const frame = (value: object, change: Change): Sendable => ({ ...value, ...change }) as Sendable;
const types = { APPLICATION_TYPE: 0, SECURITY_TYPE: 0 };
const fromCar = { ODA: BROADCAST, OSA: CAR };
const toEvse = { ODA: EVSE, OSA: CAR };

/** Frames of a car as the standard wants them, and what to change in them. */
export const car = {
  parmReq: (change: Change = {}) =>
    frame({ name: 'CM_SLAC_PARM.REQ', ...fromCar, ...types, RunID: RUN }, change),
  start: (change: Change = {}) =>
    frame(
      {
        name: 'CM_START_ATTEN_CHAR.IND',
        ...fromCar,
        ...types,
        NUM_SOUNDS: 10,
        Time_Out: 6,
        RESP_TYPE: 1,
        FORWARDING_STA: CAR,
        RunID: RUN,
      },
      change,
    ),
  sound: (cnt: number, change: Change = {}) =>
    frame(
      {
        name: 'CM_MNBC_SOUND.IND',
        ...fromCar,
        ...types,
        SenderID: ZEROS_17,
        Cnt: cnt,
        RunID: RUN,
        RSVD: '0'.repeat(16),
        Rnd: '5'.repeat(32),
      },
      change,
    ),
  response: (change: Change = {}) =>
    frame(
      {
        name: 'CM_ATTEN_CHAR.RSP',
        ...toEvse,
        ...types,
        SOURCE_ADDRESS: CAR,
        RunID: RUN,
        SOURCE_ID: ZEROS_17,
        RESP_ID: ZEROS_17,
        Result: 0,
      },
      change,
    ),
  matchReq: (change: Change = {}) =>
    frame(
      {
        name: 'CM_SLAC_MATCH.REQ',
        ...toEvse,
        ...types,
        MVFLength: 62,
        PEV_ID: ZEROS_17,
        PEV_MAC: CAR,
        EVSE_ID: ZEROS_17,
        EVSE_MAC: EVSE,
        RunID: RUN,
        RSVD: '0'.repeat(16),
      },
      change,
    ),
  validate: () =>
    frame({ name: 'CM_VALIDATE.REQ', ...toEvse, SignalType: 0, Timer: 0, Result: 1 }, {}),
};
export const MODEM = '00:01:87:00:ee:01';
export const profile = (db: number, change: Change = {}): Sendable =>
  frame(
    {
      name: 'CM_ATTEN_PROFILE.IND',
      ODA: EVSE,
      OSA: MODEM,
      PEV_MAC: CAR,
      NumGroups: 58,
      RSVD: 0,
      AAG: Array.from({ length: 58 }, () => db),
    },
    change,
  );

/** The car of a test by hand: what it sends, what the modem of the charger says of it. */
export function byHand(bench: Bench, mac = '02:00:00:00:aa:ff') {
  const wire = bench.bus.join(mac);
  const send = (...frames: readonly Sendable[]) => {
    for (const one of frames) wire.send(encodeFrame(one));
  };
  return {
    send,
    /** Up to the attenuation of the charger. */
    async sounded(db: number, profiles = 10): Promise<void> {
      bench.evse.enterBcd();
      send(car.parmReq());
      await bench.run(20);
      send(car.start());
      for (let cnt = 9; cnt >= 0; cnt--) {
        await bench.run(30);
        send(car.sound(cnt));
        if (10 - cnt <= profiles) send(profile(db));
      }
      await bench.run(400);
    },
  };
}
