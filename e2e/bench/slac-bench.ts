import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  addNamespace,
  addVethPair,
  deleteNamespace,
  type NetworkNamespace,
  sha256,
  spawnInNamespace,
} from '@kerbside/host';
import { fromHex, millis, silentLogger } from '@kerbside/kernel';
import { ManualClock, SeededRandom } from '@kerbside/kernel/testing';
import { createEvseSlac, decodeFrame, encodeFrame, type Sendable } from '@kerbside/slac';
import { startCapture } from '../support/capture.ts';
import { inRepository } from '../support/repository.ts';
import { follow } from '../support/running.ts';
import type { BenchResult } from './result.ts';

const REQUESTS = 500;
const MATCHINGS = 500;
/** Windows of idleness; the median one is told, since V8 collects garbage in one or two of an idle process. */
const IDLE_WINDOWS = 10;
const IDLE_MS = 2000;
const EVSE = '02:00:00:00:ee:01';
const CAR = '02:00:00:00:e0:02';
const ALL = 'ff:ff:ff:ff:ff:ff';
const ZEROS = '0'.repeat(34);

type Tell = (name: string, value: number, unit: string, digits?: number) => void;

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[
    Math.min(values.length - 1, Math.floor(values.length * share))
  ] ?? Number.NaN;

/** SLAC: the answer on the wire, a whole matching without its waits, and what an idle socket costs. */
export async function benchSlac(): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  const tell: Tell = (name, value, unit, digits = 2) =>
    results.push({ name, value: Number(value.toFixed(digits)), unit });
  const charger = await addNamespace(`kbt-bench-slac-c-${process.pid}`);
  const car = await addNamespace(`kbt-bench-slac-v-${process.pid}`);
  try {
    await addVethPair(
      { namespace: charger, name: 'ev0', mac: EVSE },
      { namespace: car, name: 'plc', mac: CAR },
    );
    await measureAnswers(charger, car, tell);
    measureMatching(tell);
    for (const watch of ['poll', 'worker'] as const) await measureIdle(charger, watch, tell);
  } finally {
    await deleteNamespace(charger);
    await deleteNamespace(car);
  }
  return results;
}

const peer = (ns: NetworkNamespace, file: string, ...args: string[]) => {
  const child = spawnInNamespace(ns, process.execPath, [inRepository(file), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  return { child, running: follow(child) };
};

/** Both frames as tcpdump saw them on the charger's interface: the program of the car adds nothing. */
async function measureAnswers(charger: NetworkNamespace, car: NetworkNamespace, tell: Tell) {
  const folder = mkdtempSync(path.join(tmpdir(), 'kbt-bench-slac-'));
  try {
    const evse = peer(charger, 'e2e/netns/slac-peer.mjs', 'chargers', 'ev0');
    await evse.running.printed(/"ready":true/);
    evse.child.stdin?.write('{"go":true}\n');
    const capture = await startCapture(path.join(folder, 'slac.pcap'), 'ev0', charger);
    const asker = peer(car, 'e2e/netns/frame-link-peer.mjs', '--quiet', 'plc');
    await asker.running.printed(/"mac"/);
    for (let i = 0; i < REQUESTS; i++) {
      const hex = Buffer.from(encodeFrame(parmReq(i))).toString('hex');
      asker.child.stdin?.write(`${JSON.stringify({ send: 'plc', hex })}\n`);
      await pause(10);
    }
    await pause(500);
    await capture.stop();
    for (const { child, running } of [evse, asker]) {
      child.stdin?.end('{"close":true}\n');
      await running.ended();
    }
    const times = answerTimes(readFileSync(capture.file));
    if (times.length < REQUESTS) throw new Error(`${times.length} of ${REQUESTS} were answered`);
    tell('CM_SLAC_PARM.REQ to CNF on the wire, median', quantile(times, 0.5), 'ms', 3);
    tell('CM_SLAC_PARM.REQ to CNF on the wire, 99 %', quantile(times, 0.99), 'ms', 3);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const parmReq = (number: number): Sendable => ({
  name: 'CM_SLAC_PARM.REQ',
  ODA: ALL,
  OSA: CAR,
  APPLICATION_TYPE: 0,
  SECURITY_TYPE: 0,
  RunID: number.toString(16).padStart(16, '0'),
});

/** Milliseconds from each request to its answer, by run id, in a pcap file. */
function answerTimes(pcap: Buffer): number[] {
  const asked = new Map<string, number>();
  const times: number[] = [];
  for (let at = 24; at + 16 <= pcap.length;) {
    const ms = pcap.readUInt32LE(at) * 1000 + pcap.readUInt32LE(at + 4) / 1000;
    const length = pcap.readUInt32LE(at + 8);
    const bytes = pcap.subarray(at + 16, at + 16 + length);
    at += 16 + length;
    if (bytes.readUInt16BE(12) !== 0x88e1) continue;
    const frame = decodeFrame(bytes);
    if (frame.name === 'CM_SLAC_PARM.REQ') asked.set(frame.RunID, ms);
    else if (frame.name === 'CM_SLAC_PARM.CNF') {
      const since = asked.get(frame.RunID);
      if (since !== undefined) times.push(ms - since);
      asked.delete(frame.RunID);
    }
  }
  return times;
}

/** All frames of a car, and of the charger's modem, up to the key: what the charger does with them. */
function measureMatching(tell: Tell): void {
  const times: number[] = [];
  for (let run = 0; run < MATCHINGS; run++) {
    const clock = new ManualClock();
    let receive: (bytes: Uint8Array) => void = () => {};
    let sent = 0;
    const evse = createEvseSlac({
      config: { modemVendor: 'none' },
      ports: {
        link: {
          mac: fromHex(EVSE),
          send: () => void sent++,
          onFrame: (take) => {
            receive = take;
            return () => {};
          },
          close: () => {},
        },
        clock,
        random: new SeededRandom(run + 1),
        sha256,
        log: silentLogger,
      },
      report: () => {},
    });
    evse.enterBcd();
    const frames = carFrames(run).map((frame) => encodeFrame(frame));
    const began = performance.now();
    for (const [i, frame] of frames.entries()) {
      if (i === frames.length - 2) clock.advance(millis(50)); // the averaging is a wait
      receive(frame);
    }
    times.push(performance.now() - began);
    if (evse.state.at !== 'matched' || sent !== 3) throw new Error(`not matched: ${evse.state.at}`);
    evse.stop();
  }
  tell('a whole matching without its waits, median', quantile(times, 0.5), 'ms', 3);
  tell('a whole matching without its waits, 99 %', quantile(times, 0.99), 'ms', 3);
}

function carFrames(run: number): Sendable[] {
  const RunID = run.toString(16).padStart(16, '1');
  const head = { OSA: CAR, APPLICATION_TYPE: 0, SECURITY_TYPE: 0, RunID };
  const start: Sendable = {
    ...head,
    name: 'CM_START_ATTEN_CHAR.IND',
    ODA: ALL,
    NUM_SOUNDS: 10,
    Time_Out: 6,
    RESP_TYPE: 1,
    FORWARDING_STA: CAR,
  };
  const sounds = Array.from({ length: 10 }, (_, i): Sendable[] => [
    {
      ...head,
      name: 'CM_MNBC_SOUND.IND',
      ODA: ALL,
      SenderID: ZEROS,
      Cnt: 9 - i,
      RSVD: '0'.repeat(16),
      Rnd: '0'.repeat(32),
    },
    {
      name: 'CM_ATTEN_PROFILE.IND',
      ODA: EVSE,
      OSA: '00:01:87:00:ee:01',
      PEV_MAC: CAR,
      NumGroups: 58,
      RSVD: 0,
      AAG: Array.from({ length: 58 }, (__, group) => 20 + ((group + i) % 10)),
    },
  ]).flat();
  const rsp: Sendable = {
    ...head,
    name: 'CM_ATTEN_CHAR.RSP',
    ODA: EVSE,
    SOURCE_ADDRESS: CAR,
    SOURCE_ID: ZEROS,
    RESP_ID: ZEROS,
    Result: 0,
  };
  const match: Sendable = {
    ...head,
    name: 'CM_SLAC_MATCH.REQ',
    ODA: EVSE,
    MVFLength: 62,
    PEV_ID: ZEROS,
    PEV_MAC: CAR,
    EVSE_ID: ZEROS,
    EVSE_MAC: EVSE,
    RSVD: '0'.repeat(16),
  };
  return [{ ...parmReq(run), RunID } as Sendable, start, start, start, ...sounds, rsp, match];
}

/** Processor time of a whole process that does nothing but hold one frame link. */
async function measureIdle(ns: NetworkNamespace, watch: 'poll' | 'worker', tell: Tell) {
  const { child, running } = peer(ns, 'e2e/netns/frame-link-peer.mjs', `--watch=${watch}`, 'ev0');
  const used = async (since: number): Promise<number> => {
    child.stdin?.write('{"cpu":true}\n');
    const pattern = new RegExp(`(?:"cpuMs"[^]*?){${since}}"cpuMs":([\\d.]+)`);
    return Number((await running.printed(pattern))[1]);
  };
  await running.printed(/"mac"/);
  await pause(1000);
  const windows: number[] = [];
  let before = await used(0);
  for (let window = 1; window <= IDLE_WINDOWS; window++) {
    await pause(IDLE_MS);
    const after = await used(window);
    windows.push(after - before);
    before = after;
  }
  child.stdin?.end('{"close":true}\n');
  await running.ended();
  const how = watch === 'poll' ? 'event loop' : 'thread';
  tell(`processor time of an idle frame link in 2 s, ${how}`, quantile(windows, 0.5), 'ms', 2);
}
