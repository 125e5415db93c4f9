import { type AnswerTimes, answerTimes } from '../support/answer-times.ts';
import { type Bench, beginCharge, startBench } from '../support/bench.ts';
import { hangDisk } from '../support/hung-writer.ts';
import { inRepository } from '../support/repository.ts';
import { openRigEyes } from '../support/rig-eyes.ts';
import { eventually } from '../support/running.ts';
import { median } from './result.ts';

const SESSIONS = 3;
const UNPLUGS = 5;
const OPEN_LIMIT_MS = 5000;

const disks = {
  'as it is': () => startBench(),
  '100 ms late': () =>
    startBench([], { launcher: inRepository('e2e/support/launch-slow-disk.mjs') }),
} as const;

async function chargesOf(bench: Bench): Promise<AnswerTimes> {
  const dc = await answerTimes(bench, { kind: 'iso2-dc', evse: 2, sessions: SESSIONS });
  const ac = await answerTimes(bench, { kind: 'iso2-ac', evse: 1, sessions: SESSIONS });
  const named = (times: AnswerTimes, kind: string) =>
    [...times].map(([name, values]) => [`${kind} ${name}`, values] as const);
  return new Map([...named(dc, 'DC'), ...named(ac, 'AC')]);
}

/** What the car waits for each answer, by how long a sync of the charger's disk takes. */
export async function benchSlowDisk(): Promise<string> {
  const measured: AnswerTimes[] = [];
  let opened: number[] = [];
  for (const [name, start] of Object.entries(disks)) {
    const bench = await start();
    try {
      measured.push(await chargesOf(bench));
      if (name === 'as it is') opened = await unplugsOnHungDisk(bench);
    } finally {
      await bench.close();
    }
  }
  const cell = (times: readonly number[] | undefined) =>
    times === undefined ? '' : `${median(times).toFixed(1)} ms`;
  const names = [...new Set(measured.flatMap((times) => [...times.keys()]))];
  const rows = names.map((name) => [name, ...measured.map((times) => cell(times.get(name)))]);
  const hung = [
    `unplug to contactor open, the disk hung, median of ${UNPLUGS}`,
    `${median(opened)} ms`,
    '',
  ];
  return [
    ['what', ...Object.keys(disks).map((name) => `syncs ${name}`)],
    ['---', '---:', '---:'],
    ...rows,
    hung,
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

async function unplugsOnHungDisk(bench: Bench): Promise<number[]> {
  const rig = await openRigEyes(bench.sockets);
  const took: number[] = [];
  try {
    for (let run = 0; run < UNPLUGS; run++) {
      await beginCharge(bench.api, { kind: 'iso2-dc', evse: 2 });
      const hung = await hangDisk(bench.pid('charger') ?? 0);
      try {
        await rig.link.request({ do: 'vehicle', evse: 2, order: 'unplug' });
        took.push(Math.round(await rig.untilOpen(2, OPEN_LIMIT_MS)));
      } finally {
        await hung.letGo();
      }
      await eventually(
        'the EVSE is free',
        async () => (await bench.api.evse(2)).state === 'Available',
        15_000,
      );
    }
  } finally {
    rig.close();
  }
  return took;
}
