// Attempts of SLAC for the mock unit, in the shape of the contract. The frames are ones of the wire, keys zeroed.

const CAR = '020000001501';
const EVSE = '02000000ee01';
const MODEM = '00018700ee01';
const ALL = 'ffffffffffff';
const RUN = 'a1b2c3d4e5f60718';
const mac = (hex) => hex.match(/../g).join(':');
const pad = (hex, bytes = 60) => hex.padEnd(bytes * 2, '0');
const zeros = (bytes) => '00'.repeat(bytes);

/** A profile that looks like one: a slope over the groups with some roughness. */
const profile = (db, seed = 1) =>
  Array.from({ length: 58 }, (_, group) =>
    Math.round(
      db - 4 + group * 0.14 + 2.4 * Math.sin(group * 0.9 + seed) + ((group * 7 + seed * 5) % 4),
    ),
  );
const meanOf = (groups) =>
  Math.round((groups.reduce((sum, db) => sum + db, 0) / groups.length) * 10) / 10;
const bytesOf = (groups) => groups.map((db) => db.toString(16).padStart(2, '0')).join('');

const header = (to, from, type, mmv = '01') => `${to}${from}88e1${mmv}${type}0000`;
const messages = {
  'CM_SLAC_PARM.REQ': (car) => pad(`${header(ALL, car, '6460')}0000${RUN}`),
  'CM_SLAC_PARM.CNF': (car) => pad(`${header(car, EVSE, '6560')}${ALL}0a0601${car}0000${RUN}`),
  'CM_START_ATTEN_CHAR.IND': (car) => pad(`${header(ALL, car, '6a60')}00000a0601${car}${RUN}`),
  'CM_MNBC_SOUND.IND': (car, cnt) =>
    `${header(ALL, car, '7660')}0000${zeros(17)}0${cnt}${RUN}${zeros(8)}${'5a'.repeat(16)}`,
  'CM_ATTEN_PROFILE.IND': (car, groups) =>
    `${header(EVSE, MODEM, '8660')}${car}3a00${bytesOf(groups)}`,
  'CM_ATTEN_CHAR.IND': (car, groups) =>
    `${header(car, EVSE, '6e60')}0000${car}${RUN}${zeros(34)}0a3a${bytesOf(groups)}`,
  'CM_ATTEN_CHAR.RSP': (car) => `${header(EVSE, car, '6f60')}0000${car}${RUN}${zeros(35)}`,
  'CM_SLAC_MATCH.REQ': (car) =>
    `${header(EVSE, car, '7c60')}00003e00${zeros(17)}${car}${zeros(17)}${EVSE}${RUN}${zeros(8)}`,
  'CM_SLAC_MATCH.CNF': (car) =>
    `${header(car, EVSE, '7d60')}00005600${zeros(17)}${car}${zeros(17)}${EVSE}${RUN}${zeros(8)}b0f2e69566630300${zeros(16)}`,
};
const limits = {
  init: ['TT_EVSE_SLAC_init', 10_000],
  parameters: ['TP_match_response', 100],
  start: ['TT_match_sequence', 400],
  sounds: ['TT_EVSE_match_MNBC', 600],
  average: ['TP_EVSE_avg_atten_calc', 100],
  response: ['TT_match_response', 200],
  choice: ['TP_EV_match_session', 500],
  confirmation: ['TP_match_response', 100],
  join: ['TT_match_join', 12_000],
};
const limitOf = (step) => ({
  step,
  timer: limits[step][0],
  limitMs: limits[step][1],
  ...(step === 'choice' ? { patience: { timer: 'TT_EVSE_match_session', limitMs: 10_000 } } : {}),
});
const levelOf = (elapsedMs, limitMs) =>
  elapsedMs < 0.8 * limitMs ? 'ok' : elapsedMs < limitMs ? 'near' : 'over';

/** Builds the frames of one attempt. */
class Script {
  frames = [];
  now = 0;
  marks = {};

  wait(ms) {
    this.now += ms;
    return this;
  }
  say(name, { car = CAR, what, step, from = 0, mark } = {}) {
    const hex = messages[name](car, what);
    const modem = name === 'CM_ATTEN_PROFILE.IND';
    const out = /PARM.CNF|ATTEN_CHAR.IND$|MATCH.CNF/.test(name) && !name.startsWith('CM_START');
    const n = this.frames.length + 1;
    const since = this.now - (this.frames.at(-1)?.at ?? 0);
    const start = from === 0 ? { n: 0, at: 0 } : this.marks[from];
    const elapsedMs = step && start ? this.now - start.at : 0;
    this.frames.push({
      n,
      at: this.now,
      sinceMs: since,
      direction: out ? 'out' : 'in',
      from: modem ? 'modem' : out ? 'evse' : 'ev',
      to: out ? 'ev' : 'evse',
      source: mac(hex.slice(12, 24)),
      target: mac(hex.slice(0, 12)),
      name,
      hex,
      length: hex.length / 2,
      ...(step && start
        ? {
            timing: {
              ...limitOf(step),
              from: start.n,
              elapsedMs,
              level: levelOf(elapsedMs, limits[step][1]),
            },
          }
        : {}),
      fields: fieldsOf(name, hex, car, what),
    });
    if (mark) this.marks[mark] = { n, at: this.now };
    return this;
  }
  steps(joined, over) {
    const done = new Map();
    for (const { timing, n } of this.frames)
      if (timing) done.set(timing.step, { ...timing, to: n });
    if (joined !== undefined)
      done.set('join', { ...limitOf('join'), from: 1, elapsedMs: joined, level: 'ok', to: 0 });
    const names = Object.keys(limits);
    const next = names.findLastIndex((step) => done.has(step)) + 1;
    return names.map((step, index) =>
      done.has(step)
        ? { state: 'done', ...done.get(step) }
        : {
            state: index === next ? (over ? 'missing' : 'waiting') : 'not-reached',
            ...limitOf(step),
          },
    );
  }
}

const fieldsOf = (name, hex, car, what) => ({
  ODA: mac(hex.slice(0, 12)),
  OSA: mac(hex.slice(12, 24)),
  MMV: 1,
  ...(Array.isArray(what)
    ? { PEV_MAC: mac(car), NumGroups: 58, AAG: what }
    : { APPLICATION_TYPE: 0, SECURITY_TYPE: 0, RunID: RUN }),
  ...(name === 'CM_MNBC_SOUND.IND' ? { Cnt: what } : {}),
  ...(name === 'CM_SLAC_MATCH.CNF' ? { NID: 'b0f2e695666303', NMK: '***' } : {}),
});

const modemFacts = {
  vendor: 'qualcomm',
  mac: mac(MODEM),
  version: 'QCA7000 MAC 1.1.1531 20151204',
  setKey: { requests: 1, result: 1, at: -1200 },
};

/** Up to the answer to the attenuation. */
function sounding(script, { db, lost = [], requests = 1 }) {
  const sounds = [];
  script.wait(412);
  for (let request = 0; request < requests; request++) {
    if (request > 0) script.wait(201);
    script.say('CM_SLAC_PARM.REQ', { step: request === 0 ? 'init' : undefined, mark: 'req' });
    script.wait(0.4).say('CM_SLAC_PARM.CNF', { step: 'parameters', from: 'req', mark: 'cnf' });
  }
  script.wait(118).say('CM_START_ATTEN_CHAR.IND', { step: 'start', from: 'cnf', mark: 'start' });
  script.wait(22).say('CM_START_ATTEN_CHAR.IND').wait(22).say('CM_START_ATTEN_CHAR.IND');
  for (let cnt = 9; cnt >= 0; cnt--) {
    const groups = profile(db, cnt);
    script.wait(24).say('CM_MNBC_SOUND.IND', { what: cnt, step: 'sounds', from: 'start' });
    const heardAt = script.now;
    if (lost.includes(cnt)) {
      sounds.push({ cnt, heardAt });
      continue;
    }
    script.wait(3.1).say('CM_ATTEN_PROFILE.IND', {
      what: groups,
      step: 'sounds',
      from: 'start',
      mark: 'profile',
    });
    sounds.push({
      cnt,
      heardAt,
      measuredAt: script.now,
      meanDb: meanOf(groups),
      lowestDb: Math.min(...groups),
      highestDb: Math.max(...groups),
    });
  }
  const all = sounds
    .filter(({ measuredAt }) => measuredAt !== undefined)
    .map(({ cnt }) => profile(db, cnt));
  const over = (of) => Array.from({ length: 58 }, (_, group) => of(all.map((one) => one[group])));
  const attenuation = {
    groups: over((values) => Math.round(values.reduce((sum, one) => sum + one, 0) / values.length)),
    lowest: over((values) => Math.min(...values)),
    highest: over((values) => Math.max(...values)),
    profiles: all.length,
    soundsHeard: sounds.length,
  };
  attenuation.meanDb = meanOf(attenuation.groups);
  if (lost.length > 0) {
    script.now = script.marks.start.at + 600;
    script.marks.profile = { n: script.frames.length, at: script.now };
  }
  script
    .wait(45.2)
    .say('CM_ATTEN_CHAR.IND', {
      what: attenuation.groups,
      step: 'average',
      from: 'profile',
      mark: 'ind',
    })
    .wait(18)
    .say('CM_ATTEN_CHAR.RSP', { step: 'response', from: 'ind', mark: 'rsp' });
  return { attenuation, sounds };
}

function attempt(evse, id, began, script, more) {
  const { process, ...rest } = more;
  const retries = { parmReq: (process?.requests ?? 1) - 1, attenCharInd: 0, matchReq: 0 };
  return {
    id,
    evse,
    began: new Date(began).toISOString(),
    lasted: script.now,
    cycle: 1,
    ...(process ? { evMac: mac(CAR), runId: RUN } : {}),
    evseMac: mac(EVSE),
    frames: script.frames,
    framesLeftOut: 0,
    suppressed: 0,
    undecodable: 0,
    ignored: 0,
    processes: process
      ? [
          {
            evMac: mac(CAR),
            runId: RUN,
            began: 412,
            result: rest.result === 'matched' ? 'matched' : 'failed',
            announced: 10,
            sounds: process.sounds,
            unheard: [],
            unmeasured: process.lost ?? [],
            attenuation: process.attenuation,
            retries,
          },
        ]
      : [],
    processesLeftOut: 0,
    processesIn10s: process ? 1 : 0,
    foreignEvs: [],
    retries: { ...retries, setKey: 0 },
    tolerated: [],
    modem: modemFacts,
    ...rest,
  };
}

const verdict = (code, what, next = [], facts = {}) => ({ code, what, next, facts });

/** Matched, with all sounds, or with some lost and requests repeated. */
export function matchedAttempt(evse, id, began, { db = 27, lost = [], requests = 1 } = {}) {
  const script = new Script();
  const process = sounding(script, { db, lost, requests });
  script
    .wait(862)
    .say('CM_SLAC_MATCH.REQ', { step: 'choice', from: 'rsp', mark: 'match' })
    .wait(0.5)
    .say('CM_SLAC_MATCH.CNF', { step: 'confirmation', from: 'match' });
  script.wait(1310);
  return attempt(evse, id, began, script, {
    process: { ...process, lost, requests },
    result: 'matched',
    linkSeen: true,
    nid: 'b0f2e695666303',
    steps: script.steps(1310, true),
    verdict:
      requests > 1
        ? verdict('matched-after-retries', 'The car is matched, but messages had to be repeated.', [
            'Frames get lost.',
            'Look for a disturber.',
          ])
        : verdict('matched', 'The car is matched, and the power line link stands.'),
    ...(lost.length > 0 ? { tolerated: ['EVSE_MAC is not the charger'] } : {}),
  });
}

/** The car did not choose this charger: the attenuation is poor. */
export function unchosenAttempt(evse, id, began, lastGood) {
  const script = new Script();
  const process = sounding(script, { db: 46 });
  script.wait(20_000);
  return attempt(evse, id, began, script, {
    process,
    result: 'failed',
    cause: 'no-match-req',
    steps: script.steps(undefined, true),
    verdict: verdict(
      'no-match-req-attenuation-poor',
      'The car did not choose this charger: poor attenuation.',
      ['Check the coupling.', 'Compare with another outlet.'],
      { meanDb: process.attenuation.meanDb },
    ),
    ...(lastGood
      ? {
          lastGood: {
            attempt: lastGood.id,
            began: lastGood.began,
            evMac: lastGood.evMac,
            groups: lastGood.processes[0].attenuation.groups,
            meanDb: lastGood.processes[0].attenuation.meanDb,
          },
        }
      : {}),
  });
}

/** Nothing was heard of a car. */
export function silentAttempt(evse, id, began) {
  const script = new Script();
  script.wait(10_000);
  return attempt(evse, id, began, script, {
    result: 'failed',
    cause: 'no-parm-req',
    steps: script.steps(undefined, true),
    verdict: verdict('no-parm-req', 'The car never sent CM_SLAC_PARM.REQ.', [
      'Is the control pilot at 5 %?',
      'Is the modem coupled?',
      'Can the car do it at all?',
      'Plug in anew and wait.',
    ]),
  });
}

/** What a list shows of an attempt. */
export function summaryOf(whole) {
  const [process] = whole.processes;
  const keys = ['id', 'evse', 'session', 'began', 'lasted', 'cycle', 'result', 'cause', 'verdict'];
  const picked = [...keys, 'evMac', 'runId'].flatMap((key) =>
    whole[key] === undefined ? [] : [[key, whole[key]]],
  );
  const { parmReq, attenCharInd, matchReq, setKey } = whole.retries;
  return {
    ...Object.fromEntries(picked),
    ...(process?.attenuation
      ? { meanDb: process.attenuation.meanDb, profiles: process.attenuation.profiles }
      : {}),
    ...(process ? { announced: process.announced } : {}),
    retried: parmReq + attenCharInd + matchReq + setKey,
  };
}

/** The state of SLAC at an outlet of the mock unit. */
export function liveOf(unit, evse) {
  const { state, since } = evse;
  const matching = state === 'Matching';
  const matched = evse.session?.evMac !== undefined;
  const whole = unit.slacAttempts.find((one) => one.evse === evse.id);
  return {
    evse: evse.id,
    state: matched ? 'matched' : matching ? 'waiting' : 'unmatched',
    since: typeof since === 'string' ? since : new Date(since ?? unit.started).toISOString(),
    what: '-',
    waitsFor: '-',
    next: '-',
    ...(matching && !matched
      ? {
          waiting: {
            timer: 'TT_EVSE_SLAC_init',
            limitMs: 10_000,
            until: new Date(unit.now + 7300).toISOString(),
            awaits: 'CM_SLAC_PARM.REQ',
          },
        }
      : {}),
    sessions: [],
    interface: { name: `ev${evse.id}`, ok: true },
    modem: {
      at: 'ready',
      vendor: modemFacts.vendor,
      mac: modemFacts.mac,
      version: modemFacts.version,
      firmware: 'MAC-QCA7000-1.2.3.1532-00-20150204-FINAL',
      ...(matched ? { stations: [{ mac: '00:01:87:00:e0:01', txMbps: 8, rxMbps: 9 }] } : {}),
    },
    tolerated: [{ code: 'evse-mac', what: 'EVSE_MAC is not the charger', count: 3 }],
    ...(whole ? { attempt: summaryOf(whole) } : {}),
  };
}
