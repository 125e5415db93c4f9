import { expect, it } from 'vitest';
import {
  evseSettings,
  type Sendable,
  verdictCodes,
  type VerdictCode,
  verdictWords,
} from '../src/index.ts';
import type { Bench } from './bench.ts';
import { dropFirst } from './bench.ts';
import { byHand, car, profile, recordedBench } from './recording.ts';

type Recorded = ReturnType<typeof recordedBench>;
type Options = NonNullable<Parameters<typeof recordedBench>[0]>;
interface Row {
  readonly code: VerdictCode;
  readonly when: string;
  readonly options?: Options;
  readonly play: (recorded: Recorded) => Promise<void>;
  readonly facts?: object;
}

/** No modem on the wire: the test speaks for it. */
const noModem: Options = { modem: false, evse: { modemVendor: 'none', linkDetection: 'never' } };
const validating: Options = {
  ...noModem,
  evse: { ...noModem.evse, validate: 'full', pilotEdges: true },
};
/** The car answers, then validates with these requests, a moment between them. */
const validates =
  (...requests: readonly { Timer?: number; Result?: number }[]) =>
  (recorded: Recorded, toggles = 0) =>
    hand(recorded, async (by, bench) => {
      await by.sounded(25);
      by.send(car.response());
      for (const request of requests) {
        by.send({ ...car.validate(), ...request } as Sendable);
        await bench.run(100);
      }
      for (let i = 0; i < toggles; i++)
        for (const state of ['C', 'B'] as const) {
          await bench.run(300);
          bench.evse.pilotEdge(state, bench.clock.monotonic());
        }
    });
const strict: Options = { ...noModem, evse: { ...noModem.evse, validation: 'strict' } };
const meanDb = (db: number): Options => ({ modem: { meanDb: db } });

const settled = (bench: Bench) => bench.run(500);
async function hand(
  { bench }: Recorded,
  how: (by: ReturnType<typeof byHand>, bench: Bench) => Promise<void> | void,
): Promise<void> {
  await settled(bench);
  await how(byHand(bench), bench);
  await bench.run(60_000);
}
const pluggedIn = async (
  { bench }: Recorded,
  options?: Parameters<Bench['vehicle']>[0],
  run = 60_000,
): Promise<void> => {
  await settled(bench);
  await bench.plugIn(bench.vehicle(options), run);
};
const wrongModem: Sendable = {
  name: 'VS_ATTENUATION_CHARACTERISTICS.IND',
  ODA: 'ff:ff:ff:ff:ff:ff',
  OSA: '00:b0:52:aa:bb:cc',
};

const rows: readonly Row[] = [
  {
    code: 'running',
    when: 'a car is awaited',
    play: async ({ bench }) => {
      bench.evse.enterBcd();
      await bench.run(1000);
    },
  },
  { code: 'matched', when: 'all goes well', play: (recorded) => pluggedIn(recorded, {}, 5000) },
  {
    code: 'matched-link-not-checked',
    when: 'there is no modem to ask',
    options: noModem,
    play: (recorded) =>
      hand(recorded, async (by) => {
        await by.sounded(25);
        by.send(car.response(), car.matchReq());
      }),
  },
  {
    code: 'matched-after-retries',
    when: 'a confirmation is lost',
    options: { bus: { drop: dropFirst('CM_SLAC_MATCH.CNF', 1) } },
    play: (recorded) => pluggedIn(recorded, {}, 5000),
  },
  {
    code: 'matched-attenuation-poor',
    when: 'the mean is over 40 dB',
    options: meanDb(47),
    play: (recorded) => pluggedIn(recorded, { config: { thresholdDb: 80 } }, 5000),
    facts: { meanDb: expect.closeTo(47, 0) },
  },
  {
    code: 'matched-attenuation-implausible',
    when: 'the mean is under 20 dB',
    options: meanDb(9),
    play: (recorded) => pluggedIn(recorded, {}, 5000),
    facts: { meanDb: expect.closeTo(9, 0) },
  },
  {
    code: 'link-lost',
    when: 'the modem of the car goes away',
    play: async (recorded) => {
      await pluggedIn(recorded, {}, 5000);
      recorded.bench.vehicles[0]?.modem?.unplug();
      await recorded.bench.run(2000);
    },
  },
  {
    code: 'no-parm-req',
    when: 'nothing is heard',
    play: (recorded) => hand(recorded, (_, bench) => bench.evse.enterBcd()),
  },
  {
    code: 'parm-req-invalid',
    when: 'SECURITY_TYPE is not 0',
    play: (recorded) =>
      hand(recorded, (by, bench) => {
        bench.evse.enterBcd();
        by.send(car.parmReq({ SECURITY_TYPE: 1 }));
      }),
    facts: { fault: 'SECURITY_TYPE 1' },
  },
  {
    code: 'parm-req-outside',
    when: 'the car asked in state A',
    play: (recorded) =>
      hand(recorded, async (by, bench) => {
        by.send(car.parmReq());
        await bench.run(5000);
        bench.evse.enterBcd();
      }),
  },
  {
    code: 'interface-down',
    when: 'sending fails',
    play: (recorded) =>
      hand(recorded, async (by, bench) => {
        bench.evse.enterBcd();
        bench.evseLink.send = () => {
          throw new Error('ENETDOWN');
        };
        by.send(car.parmReq({ APPLICATION_TYPE: 0 }));
        await bench.run(20);
        bench.evse.leaveBcd();
        bench.evse.enterBcd();
      }),
  },
  {
    code: 'modem-silent',
    when: 'the modem does not answer either',
    options: { modem: false },
    play: async ({ bench }) => {
      await bench.run(15_000);
      bench.evse.enterBcd();
      await bench.run(60_000);
    },
  },
  {
    code: 'modem-without-firmware',
    when: 'the modem asks for firmware',
    options: { modem: false },
    play: async ({ bench }) => {
      await bench.run(1000);
      byHand(bench).send({
        name: 'VS_HOST_ACTION.IND',
        ODA: 'ff:ff:ff:ff:ff:ff',
        OSA: '00:b0:52:00:00:01',
        MACTION: 0,
      });
      await bench.run(10);
      bench.evse.enterBcd();
      await bench.run(60_000);
    },
  },
  {
    code: 'frames-unreadable',
    when: 'frames are cut',
    play: (recorded) =>
      hand(recorded, (_, bench) => {
        bench.evse.enterBcd();
        const header = [...Array<number>(6).fill(255), 2, 0, 0, 0, 0xaa, 1, 0x88, 0xe1];
        bench.evseLink.receive(Uint8Array.from([...header, 1, 0x64, 0x60, 0, 0, 0]));
      }),
    facts: { undecodable: 1 },
  },
  {
    code: 'no-start-atten-char',
    when: 'the car falls silent',
    play: (recorded) =>
      hand(recorded, (by, bench) => {
        bench.evse.enterBcd();
        by.send(car.parmReq());
      }),
  },
  {
    code: 'parm-cnf-not-taken',
    when: 'the car hears no answer',
    play: (recorded) => pluggedIn(recorded, { knobs: { ignore: { 'CM_SLAC_PARM.CNF': 99 } } }),
    facts: { requests: 3 },
  },
  {
    code: 'start-atten-char-late',
    when: 'the car begins after 400 ms',
    play: (recorded) =>
      hand(recorded, async (by, bench) => {
        bench.evse.enterBcd();
        by.send(car.parmReq());
        await bench.run(900);
        by.send(car.start());
      }),
    facts: { elapsedMs: 900 },
  },
  {
    code: 'start-atten-char-invalid',
    when: 'no sounds are announced',
    play: (recorded) =>
      hand(recorded, (by, bench) => {
        bench.evse.enterBcd();
        by.send(car.parmReq());
        by.send(car.start({ NUM_SOUNDS: 0 }));
      }),
    facts: { fault: 'NUM_SOUNDS 0' },
  },
  {
    code: 'wrong-run-id',
    when: 'the begin of sounding has another run id',
    play: (recorded) =>
      pluggedIn(recorded, { knobs: { wrongRunIdIn: ['CM_START_ATTEN_CHAR.IND'] } }),
    facts: { message: 'CM_START_ATTEN_CHAR.IND' },
  },
  {
    code: 'no-profiles',
    when: 'the modem keeps silent',
    options: { modem: { skipProfiles: Number.MAX_SAFE_INTEGER } },
    play: (recorded) => pluggedIn(recorded),
    facts: { sounds: 10 },
  },
  {
    code: 'profiles-wrong-modem',
    when: 'only A14E is seen',
    options: noModem,
    play: (recorded) =>
      hand(recorded, async (by) => {
        const sounded = by.sounded(25, 0);
        await recorded.bench.run(100);
        by.send(wrongModem);
        await sounded;
      }),
  },
  {
    code: 'profiles-wrong-groups',
    when: 'profiles have 10 groups',
    options: noModem,
    play: (recorded) =>
      hand(recorded, async (by) => {
        const sounded = by.sounded(25, 0);
        await recorded.bench.run(100);
        by.send(profile(25, { NumGroups: 10, AAG: Array(10).fill(25) }));
        await sounded;
      }),
    facts: { fault: '10 groups' },
  },
  {
    code: 'profiles-of-another-car',
    when: 'profiles name another car',
    options: noModem,
    play: (recorded) =>
      hand(recorded, async (by) => {
        const sounded = by.sounded(25, 0);
        await recorded.bench.run(100);
        by.send(profile(25, { PEV_MAC: '02:00:00:00:bb:01' }));
        await sounded;
      }),
  },
  {
    code: 'no-sounds',
    when: 'the car does not sound',
    play: (recorded) => pluggedIn(recorded, { knobs: { sounds: 0 } }),
  },
  {
    code: 'no-atten-char-rsp',
    when: 'the car does not hear the attenuation',
    options: noModem,
    play: (recorded) => hand(recorded, (by) => by.sounded(25)),
    facts: { sent: 3 },
  },
  {
    code: 'atten-char-rsp-invalid',
    when: 'the answer says it failed',
    options: noModem,
    play: (recorded) =>
      hand(recorded, async (by) => {
        await by.sounded(25);
        by.send(car.response({ Result: 1 }));
      }),
    facts: { fault: 'Result 1' },
  },
  {
    code: 'atten-char-rsp-late',
    when: 'the answer comes after the last wait',
    options: noModem,
    play: (recorded) =>
      hand(recorded, async (by, bench) => {
        await by.sounded(25);
        await bench.run(1000);
        by.send(car.response());
      }),
  },
  {
    code: 'no-match-req',
    when: 'the car does not choose',
    play: (recorded) => pluggedIn(recorded, { knobs: { noMatchReq: true } }),
    facts: { meanDb: expect.closeTo(25, 0) },
  },
  {
    code: 'no-match-req-attenuation-poor',
    when: 'the car does not choose, at 47 dB',
    options: meanDb(47),
    play: (recorded) => pluggedIn(recorded),
  },
  {
    code: 'no-match-req-attenuation-implausible',
    when: 'the car does not choose, at 5 dB',
    options: meanDb(5),
    play: (recorded) => pluggedIn(recorded, { knobs: { noMatchReq: true } }),
  },
  {
    code: 'match-req-other-evse',
    when: 'the car chose another charger, validation strict',
    options: strict,
    play: (recorded) =>
      hand(recorded, async (by) => {
        await by.sounded(25);
        by.send(car.response(), car.matchReq({ EVSE_MAC: '02:00:00:00:ee:99' }));
      }),
    facts: { otherEvse: '02:00:00:00:ee:99' },
  },
  {
    code: 'match-req-invalid',
    when: 'the request names another car',
    options: noModem,
    play: (recorded) =>
      hand(recorded, async (by) => {
        await by.sounded(25);
        by.send(car.response(), car.matchReq({ PEV_MAC: '02:00:00:00:bb:01' }));
      }),
    facts: { fault: 'PEV_MAC' },
  },
  {
    code: 'validation-wanted',
    when: 'the car asks for toggles and stops there',
    options: noModem,
    play: (recorded) =>
      hand(recorded, async (by) => {
        await by.sounded(25);
        by.send(car.response(), car.validate());
      }),
  },
  {
    code: 'validation-stalled',
    when: 'the car does not go on after the first step',
    options: validating,
    play: (recorded) => validates({})(recorded),
  },
  {
    code: 'validation-aborted',
    when: 'the second step says "not required"',
    options: validating,
    play: (recorded) => validates({}, { Timer: 19, Result: 4 })(recorded),
  },
  {
    code: 'no-toggles',
    when: 'the pilot stays as it is',
    options: validating,
    play: (recorded) => validates({}, { Timer: 19 })(recorded),
  },
  {
    code: 'no-match-after-validation',
    when: 'the car does not ask for the match after its toggles',
    options: validating,
    play: (recorded) => validates({}, { Timer: 19 })(recorded, 2),
  },
  {
    code: 'no-amp-map-cnf',
    when: 'the car takes no amplitude map',
    options: { evse: { ampMap: { send: [1, 2], answer: 'success', mmv: 1 } } },
    play: (recorded) =>
      pluggedIn(recorded, { knobs: { ignore: { 'CM_AMP_MAP.REQ': 99 } } }, 15_000),
  },
  {
    code: 'link-not-formed',
    when: 'the modem of the car does not join',
    play: (recorded) => pluggedIn(recorded, { modem: { linkDown: true } }),
  },
  {
    code: 'link-key-refused',
    when: 'the modem of the charger answers with another result than success',
    options: {
      evse: { setKeySuccess: 0, modemVendor: 'qualcomm' },
      recorder: { settings: () => evseSettings({ setKeySuccess: 0 }) },
    },
    play: (recorded) => pluggedIn(recorded, { modem: { linkDown: true } }),
    facts: { result: 1 },
  },
  {
    code: 'link-key-unconfirmed',
    when: 'the modem of the charger never confirms the key',
    options: {
      evse: { modemVendor: 'qualcomm' },
      bus: { drop: (frame) => frame.name === 'CM_SET_KEY.CNF' },
    },
    play: (recorded) => pluggedIn(recorded, { modem: { linkDown: true } }),
  },
  {
    code: 'match-cnf-not-taken',
    when: 'the car does not hear the key',
    play: (recorded) =>
      pluggedIn(recorded, {
        knobs: { ignore: { 'CM_SLAC_MATCH.CNF': 99 } },
        config: { processes: 1 },
      }),
    facts: { requests: 3 },
  },
  {
    code: 'unplugged-unasked',
    when: 'the plug goes before the car asked',
    play: async ({ bench }) => {
      bench.evse.enterBcd();
      await bench.run(3000);
      bench.evse.leaveBcd();
    },
  },
  {
    code: 'unplugged',
    when: 'the plug goes in mid-sounding',
    play: async (recorded) => {
      await pluggedIn(recorded, {}, 200);
      recorded.bench.evse.leaveBcd();
    },
  },
  {
    code: 'stopped',
    when: 'the charger ends it',
    play: async (recorded) => {
      await pluggedIn(recorded, {}, 200);
      recorded.bench.evse.terminate();
    },
  },
];

it.each(rows)('$code: $when', async ({ code, options, play, facts }) => {
  const recorded = recordedBench(options);
  await play(recorded);
  const { verdict } = recorded.attempt;
  expect(verdict.code).toBe(code);
  expect(verdict.what).not.toMatch(/\{\{|\?$/);
  if (facts) expect(verdict.facts).toEqual(facts);
  recorded.bench.stop();
});

it('every verdict has a row here, but the two that are of a process, never of an attempt', () => {
  const told = new Set(rows.map(({ code }) => code));
  expect(verdictCodes.filter((code) => !told.has(code))).toEqual(['restarted', 'displaced']);
});

it('every failure says what to check next', () => {
  for (const [code, { what, next }] of Object.entries(verdictWords)) {
    expect(what, code).toMatch(/[.]$/);
    if (!/^(running|matched)$/.test(code)) expect(next.length, code).toBeGreaterThan(0);
  }
});
