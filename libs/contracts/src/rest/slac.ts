import { z } from 'zod';
import { instant } from './common.ts';
import { SLAC_VERDICTS, slacState } from './slac-codes.ts';

const ms = z.number().meta({ description: 'milliseconds' });
const sinceBegin = z.number().meta({ description: 'milliseconds since the attempt began' });
const dB = z.number().meta({ description: 'dB' });
const mac = z.string().meta({ description: 'such as 02:00:00:00:e0:01' });
const hex = z.string().meta({ description: 'bytes as hex' });

export const slacVerdict = z
  .object({
    code: z.enum(SLAC_VERDICTS),
    what: z.string().meta({ description: 'in English words' }),
    next: z.array(z.string()).meta({ description: 'what to check, the likeliest first' }),
    facts: z
      .record(z.string(), z.union([z.string(), z.number()]))
      .meta({ description: 'what `what` was filled in with' }),
  })
  .meta({ id: 'SlacVerdict' });
export type SlacVerdict = z.infer<typeof slacVerdict>;

const limit = {
  step: z.enum([
    'init',
    'parameters',
    'start',
    'sounds',
    'average',
    'response',
    'choice',
    'confirmation',
    'join',
  ]),
  timer: z.string().meta({ description: 'as ISO 15118-3 calls it' }),
  limitMs: ms,
  patience: z
    .object({ timer: z.string(), limitMs: ms })
    .optional()
    .meta({ description: 'so long it is waited for, beyond the own limit of the peer' }),
};
const timing = {
  ...limit,
  from: z.number().int().meta({ description: 'frame it counts from; 0 is the begin' }),
  elapsedMs: ms,
  level: z
    .enum(['ok', 'near', 'over'])
    .meta({ description: 'below 80 % of the limit, below it, not below it' }),
};
export const slacTiming = z.object(timing).meta({ id: 'SlacTiming' });
export type SlacTiming = z.infer<typeof slacTiming>;

export const slacStep = z
  .discriminatedUnion('state', [
    z.object({
      state: z.literal('done'),
      ...timing,
      to: z.number().int().meta({ description: 'frame that ended it; 0 where none did' }),
    }),
    z.object({ state: z.enum(['waiting', 'missing', 'not-reached']), ...limit }),
  ])
  .meta({ id: 'SlacStep' });
export type SlacStep = z.infer<typeof slacStep>;

const actor = z.enum(['ev', 'evse', 'modem']);
export const slacFrame = z
  .object({
    n: z.number().int(),
    at: sinceBegin,
    sinceMs: ms.meta({ description: 'milliseconds since the frame before' }),
    direction: z.enum(['in', 'out']),
    from: actor,
    to: actor,
    source: mac,
    target: mac,
    name: z.string(),
    hex: hex.meta({ description: 'the first 400 bytes at most, keys zeroed' }),
    length: z.number().int(),
    timing: slacTiming.optional(),
    fields: z
      .record(z.string(), z.unknown())
      .meta({ description: 'decoded, keys masked; empty where it can not be read' }),
  })
  .meta({ id: 'SlacFrame' });
export type SlacFrame = z.infer<typeof slacFrame>;

export const slacAttenuation = z
  .object({
    groups: z.array(dB).meta({ description: 'mean of each of 58 carrier groups, dB' }),
    lowest: z.array(dB),
    highest: z.array(dB),
    meanDb: dB,
    profiles: z.number().int(),
    soundsHeard: z.number().int(),
  })
  .meta({ id: 'SlacAttenuation' });
export type SlacAttenuation = z.infer<typeof slacAttenuation>;

export const slacSound = z
  .object({
    cnt: z.number().int().optional().meta({ description: 'counts down to 0' }),
    heardAt: sinceBegin.optional(),
    measuredAt: sinceBegin.optional(),
    meanDb: dB.optional(),
    lowestDb: dB.optional(),
    highestDb: dB.optional(),
  })
  .meta({ id: 'SlacSound' });
export type SlacSound = z.infer<typeof slacSound>;

const retries = {
  parmReq: z.number().int(),
  attenCharInd: z.number().int(),
  matchReq: z.number().int(),
};
export const slacProcess = z
  .object({
    evMac: mac,
    runId: hex,
    runIdText: z.string().optional().meta({ description: 'where it can be printed' }),
    began: sinceBegin,
    result: z.enum(['running', 'unanswered', 'matched', 'failed']),
    cause: z.string().optional(),
    announced: z.number().int().optional(),
    sounds: z.array(slacSound),
    unheard: z.array(z.number().int()).meta({ description: 'Cnt of the sounds not heard' }),
    unmeasured: z.array(z.number().int()).meta({ description: 'Cnt of those not measured' }),
    attenuation: slacAttenuation.optional(),
    retries: z.object(retries),
  })
  .meta({ id: 'SlacProcess' });
export type SlacProcess = z.infer<typeof slacProcess>;

const summary = {
  id: z.string(),
  evse: z.number().int(),
  session: z.string().optional(),
  began: instant,
  lasted: ms,
  cycle: z.number().int().meta({
    description: 'attempts of the session so far; each but the first follows state E or F',
  }),
  result: z.enum(['running', 'matched', 'failed', 'ended']),
  cause: z.string().optional().meta({ description: 'stable key' }),
  verdict: slacVerdict,
  evMac: mac.optional(),
  runId: hex.optional(),
  runIdText: z.string().optional(),
};
export const slacAttemptSummary = z
  .object({
    ...summary,
    meanDb: dB.optional(),
    profiles: z.number().int().optional(),
    announced: z.number().int().optional(),
    retried: z.number().int().meta({ description: 'messages that were sent again' }),
  })
  .meta({ id: 'SlacAttemptSummary' });
export type SlacAttemptSummary = z.infer<typeof slacAttemptSummary>;

export const slacModem = z
  .object({
    vendor: z.enum(['unknown', 'qualcomm', 'lumissil']),
    mac: mac.optional(),
    version: z.string().optional(),
    trouble: z.enum(['no-answer', 'refuses-key', 'refuses-reset', 'waits-for-firmware']).optional(),
    setKey: z
      .object({
        requests: z.number().int(),
        result: z
          .number()
          .int()
          .optional()
          .meta({ description: 'of CM_SET_KEY.CNF; absent while it has not come' }),
        at: sinceBegin,
      })
      .optional(),
  })
  .meta({ id: 'SlacModem' });
export type SlacModem = z.infer<typeof slacModem>;

/** One attempt with everything that was seen of it. */
export const slacAttempt = z
  .object({
    ...summary,
    linkSeen: z.boolean().optional().meta({ description: 'false: no modem could tell' }),
    linkLostAt: sinceBegin.optional(),
    evseMac: mac.optional(),
    nid: hex.optional(),
    steps: z.array(slacStep),
    frames: z.array(slacFrame),
    framesLeftOut: z.number().int(),
    suppressed: z.number().int(),
    undecodable: z.number().int(),
    ignored: z.number().int(),
    processes: z
      .array(slacProcess)
      .meta({ description: 'the one that the verdict is about comes first' }),
    processesLeftOut: z.number().int(),
    processesIn10s: z.number().int(),
    foreignEvs: z.array(mac),
    retries: z.object({ ...retries, setKey: z.number().int() }),
    tolerated: z.array(z.string()),
    modem: slacModem,
    lastGood: z
      .object({
        attempt: z.string(),
        began: instant,
        evMac: mac,
        groups: z.array(dB),
        meanDb: dB,
      })
      .optional()
      .meta({ description: 'the last attenuation of a match on this EVSE before' }),
  })
  .meta({ id: 'SlacAttempt' });
export type SlacAttempt = z.infer<typeof slacAttempt>;

export const slacAttemptPage = z
  .object({
    items: z.array(slacAttemptSummary),
    next: z.string().optional(),
    totals: z
      .object({ matched: z.number().int(), failed: z.number().int(), ended: z.number().int() })
      .meta({ description: 'of all that are kept and fit the filter' }),
    medianMs: ms
      .optional()
      .meta({ description: 'how long those that matched lasted, milliseconds: the median' }),
  })
  .meta({ id: 'SlacAttemptPage' });
export type SlacAttemptPage = z.infer<typeof slacAttemptPage>;

export const slacStation = z
  .object({
    mac,
    txMbps: z.number().meta({ description: 'to it, Mbit/s on the wire' }),
    rxMbps: z.number().meta({ description: 'from it, Mbit/s on the wire' }),
  })
  .meta({ id: 'SlacStation' });
export type SlacStation = z.infer<typeof slacStation>;

export const slacTolerance = z
  .object({
    code: z.string().meta({ description: 'stable key' }),
    what: z.string().meta({ description: 'in English words' }),
    count: z.number().int(),
  })
  .meta({ id: 'SlacTolerance' });

/** SLAC of one EVSE now: what, since when, what it waits for and how long, what to do next. */
export const slacLive = z
  .object({
    evse: z.number().int(),
    state: slacState,
    since: instant,
    what: z.string(),
    waitsFor: z.string(),
    next: z.string(),
    waiting: z
      .object({
        timer: z.string(),
        limitMs: ms,
        until: instant,
        awaits: z.string().meta({ description: 'message, or link' }),
      })
      .optional(),
    failure: z.object({ code: z.string(), what: z.string(), next: z.string() }).optional(),
    nid: hex.optional(),
    match: z.object({ evMac: mac, runId: hex, linkSeen: z.boolean() }).optional(),
    sessions: z.array(
      z.object({
        evMac: mac,
        runId: hex,
        at: z.string(),
        profiles: z.number().int(),
        soundsHeard: z.number().int(),
      }),
    ),
    interface: z.object({
      name: z.string().optional(),
      ok: z.boolean(),
      reason: z.string().optional(),
    }),
    modem: z.object({
      at: z.enum(['starting', 'probing', 'keying', 'resetting', 'ready', 'none']),
      vendor: z.enum(['unknown', 'qualcomm', 'lumissil']),
      mac: mac.optional(),
      version: z.string().optional(),
      trouble: z
        .enum(['no-answer', 'refuses-key', 'refuses-reset', 'waits-for-firmware'])
        .optional(),
      firmware: z.string().optional().meta({ description: 'by its own name' }),
      stations: z.array(slacStation).optional().meta({
        description: 'of its network, while a car is matched; the first is the modem of the car',
      }),
    }),
    tolerated: z
      .array(slacTolerance)
      .meta({ description: 'deviations from the standard that were let pass since the start' }),
    attempt: slacAttemptSummary.optional().meta({ description: 'that runs, or the last one' }),
  })
  .meta({ id: 'SlacLive' });
export type SlacLive = z.infer<typeof slacLive>;
