import type { TimelineEntry } from '@kerbside/contracts';
import type { Formatters, Tone } from '@kerbside/ui';
import { type Text, term } from '../../i18n/use-text.ts';
import { bytesText } from '../vas/bytes-text.ts';
import {
  exchangeName,
  isBadResult,
  listOf,
  messageName,
  numberOf,
  objectOf,
  resultOf,
  tookOf,
} from './entry-data.ts';
import type { Row } from './rows.ts';

export interface Description {
  /** A sentence, or the name of the message. */
  readonly title: string;
  /** A few facts of the data, where there is no sentence. */
  readonly facts: string | undefined;
  readonly result: string | undefined;
  readonly took: string | undefined;
  readonly tone: Tone;
}

const quantity = ({ value, unit }: { value: string; unit: string }) => `${value} ${unit}`;
const word = (value: unknown) => (typeof value === 'string' ? value : '');

const causeOf = (data: TimelineEntry['data']) => word(objectOf(data['cause'])['what']);

type Sentence = (data: TimelineEntry['data'], t: Text, f: Formatters) => string;

/** What the journal's own entry types say, in the reader's language. */
const sentences: Readonly<Record<string, Sentence>> = {
  'pilot.changed': (data, t) =>
    t('timeline.entry.pilot.changed', {
      previous: word(data['previous']),
      state: word(data['state']),
      meaning: term(t, 'timeline.pilotState', word(data['state'])),
    }),
  'pilot.duty': (data, t, f) =>
    t('timeline.entry.pilot.duty', {
      dutyPercent: f.number(numberOf(data['dutyPercent']) ?? 0, 1),
      meaning: term(t, 'timeline.duty', word(data['meaning'])),
    }),
  'contactor.changed': (data, t) =>
    t('timeline.entry.contactor.changed', {
      state: term(t, 'evse.contactor', word(data['state'])),
    }),
  'lock.changed': (data, t) =>
    t('timeline.entry.lock.changed', { state: term(t, 'evse.lock', word(data['state'])) }),
  'session.began': (data, t) =>
    t('timeline.entry.session.began', {
      trigger: term(t, 'timeline.trigger', word(data['trigger'])),
    }),
  'session.kind': (data, t) =>
    t('timeline.entry.session.kind', { kind: term(t, 'evse.kind', word(data['kind'])) }),
  'session.ended': (data, t) =>
    t('timeline.entry.session.ended', { reason: term(t, 'stopReason', word(data['reason'])) }),
  'authorization.requested': (data, t) =>
    t('timeline.entry.authorization.requested', { idToken: word(data['idToken']) }),
  'authorization.answered': (data, t) =>
    t('timeline.entry.authorization.answered', {
      idToken: word(data['idToken']),
      status: word(data['status']),
      from: term(t, 'timeline.from', word(data['from'])),
    }),
  'transaction.started': (data, t, f) =>
    t('timeline.entry.transaction.started', {
      energy: quantity(f.energy(numberOf(objectOf(data['meter'])['energy']) ?? 0)),
    }),
  'transaction.stopped': (data, t, f) => {
    const stop = numberOf(objectOf(data['meter'])['energy']) ?? 0;
    return t('timeline.entry.transaction.stopped', {
      reason: term(t, 'stopReason', word(data['reason'])),
      delivered: quantity(f.energy(stop - (numberOf(data['meterStart']) ?? stop))),
    });
  },
  'meter.sampled': (data, t, f) => {
    const meter = objectOf(data['meter']);
    return t('timeline.entry.meter.sampled', {
      power: quantity(f.power(numberOf(meter['power']) ?? 0)),
      energy: quantity(f.energy(numberOf(meter['energy']) ?? 0)),
    });
  },
  'limit.changed': (data, t, f) =>
    t('timeline.entry.limit.changed', { effective: f.number(numberOf(data['effective']) ?? 0, 1) }),
  'slac.attenuation': (data, t, f) =>
    t('timeline.entry.slac.attenuation', {
      meanDb: f.number(numberOf(data['meanDb']) ?? 0, 1),
      soundsHeard: f.number(numberOf(data['soundsHeard']) ?? 0),
    }),
  'slac.link': (data, t) =>
    t('timeline.entry.slac.link', { up: t(data['up'] === true ? 'evse.up' : 'evse.down') }),
  'slac.session-failed': (data, t) =>
    t('timeline.entry.slac.session-failed', { what: causeOf(data) }),
  'slac.failed': (data, t) => t('timeline.entry.slac.failed', { what: causeOf(data) }),
  'slac.attempt': (data, t) =>
    t('timeline.entry.slac.attempt', {
      what: t(`slac.verdict.${word(data['verdict'])}.what`, {
        ...objectOf(data['facts']),
        defaultValue: word(data['what']),
      }),
    }),
  'slac.modem': (data, t) =>
    t(`timeline.entry.slac.modemIs.${word(data['state'])}`, {
      ...plain(data),
      defaultValue: word(data['what']) || 'slac.modem',
    }),
  'slac.network': (data, t) =>
    t('timeline.entry.slac.network', { count: listOf(data['stations']).length }),
  'slac.validation': (data, t) =>
    t('timeline.entry.slac.validation', {
      ...plain(data),
      step: term(t, 'timeline.validation', word(data['step'])),
    }),
  'slac.amp-map': (data, t) =>
    t(`timeline.entry.slac.ampMap.${data['direction'] === 'out' ? 'out' : 'in'}`, plain(data)),
  'v2g.session': (data, t) =>
    t(`timeline.entry.v2g.${data['joined'] === true ? 'joined' : 'session'}`, plain(data)),
  'vas.ended': (data, t, f) =>
    t('timeline.entry.vas.ended', {
      ...plain(data),
      used: bytesText(
        (numberOf(data['bytesUp']) ?? 0) + (numberOf(data['bytesDown']) ?? 0),
        f.number,
      ),
    }),
  'system.contactor-rests': (data, t, f) =>
    t('timeline.entry.system.contactor-rests', {
      closings: f.number(numberOf(data['closings']) ?? 0, 0),
      time: f.milliseconds(numberOf(data['forMs']) ?? 0),
    }),
  'system.replugged': (data, t, f) =>
    t('timeline.entry.system.replugged', {
      time: f.milliseconds(numberOf(data['unseenMs']) ?? 0),
    }),
  'system.matching-not-ready': (data, t, f) =>
    t('timeline.entry.system.matching-not-ready', {
      waited: f.number(numberOf(data['waitedMs']) ?? 0),
    }),
  'system.woken': (data, t) =>
    t('timeline.entry.system.woken', { by: term(t, 'timeline.wokenBy', word(data['by'])) }),
  'fault.raised': (data, t) =>
    t('timeline.entry.fault.raised', { text: word(data['text']) || word(data['code']) }),
};

/** The values that stand for themselves in a sentence. */
const plain = (data: TimelineEntry['data']): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(data).filter(
      (entry): entry is [string, string | number] =>
        typeof entry[1] === 'string' || typeof entry[1] === 'number',
    ),
  );

/** A type whose text needs nothing but plain values; undefined where nobody has described it. */
function plainSentence({ type, data }: TimelineEntry, t: Text): string | undefined {
  const text: unknown = t(`timeline.entry.${type}`, { ...plain(data), defaultValue: '' });
  return typeof text === 'string' && text !== '' ? text : undefined;
}

const BAD_TYPES: ReadonlySet<string> = new Set([
  'fault.raised',
  'slac.failed',
  'slac.session-failed',
  'v2g.malformed',
  'board.malformed',
  'ocpp.message-dropped',
  'ocpp.failed',
  'ocpp.reset-failed',
  'v2g.failure',
  'vas.failed',
  'vas.step-failed',
  'vas.left-behind',
  'system.replugged',
  'system.other-car',
]);

function toneOf(entry: TimelineEntry, result: string | undefined): Tone {
  if (entry.type === 'slac.attempt')
    return ({ matched: 'ok', failed: 'bad' } as const)[word(entry.data['result'])] ?? 'idle';
  if (BAD_TYPES.has(entry.type) || isBadResult(result)) return 'bad';
  if (entry.type.startsWith('transaction.')) return 'ok';
  return 'idle';
}

const SHOWN_ELSEWHERE: ReadonlySet<string> = new Set([
  'name',
  'message',
  'action',
  'request',
  'responseCode',
  'result',
  'status',
  'outcome',
  'errorCode',
  'code',
  'tookMs',
  'durationMs',
  'took',
  'exi',
  'raw',
  'hex',
  'bytes',
  'frame',
  'payload',
  'direction',
  'messageId',
  'id',
  'kind',
  'from',
  'to',
  'sinceMs',
  'repeated',
]);

/** The first few plain values, such as `attenuation 11 · groups 58`. */
function factsOf(entry: TimelineEntry): string | undefined {
  const parts = Object.entries(entry.data).flatMap(([name, value]) =>
    !SHOWN_ELSEWHERE.has(name) &&
    (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean')
      ? [`${name} ${String(value)}`]
      : [],
  );
  return parts.length === 0 ? undefined : parts.slice(0, 3).join(' · ');
}

/** A row in words. Unknown types keep their own name: nothing is invented. */
export function describeRow(row: Row, t: Text, f: Formatters): Description {
  const entry = row.last;
  const result = resultOf(entry);
  const tone = toneOf(entry, result);
  const said = sentences[entry.type]?.(entry.data, t, f) ?? plainSentence(entry, t);
  const ms = tookOf(entry) ?? exchangeTime(row);
  const took = ms === undefined ? undefined : f.milliseconds(ms);
  if (said !== undefined) return { title: said, facts: undefined, result: undefined, took, tone };
  const name = messageName(entry);
  const title =
    name === undefined ? entry.type : messageName(row.first) === name ? name : exchangeName(name);
  return { title, facts: factsOf(entry), result, took, tone };
}

/** Time between request and response, where the row is exactly one exchange. */
function exchangeTime(row: Row): number | undefined {
  if (row.entries.length !== 2 || row.count !== 1) return undefined;
  return Date.parse(row.last.at) - Date.parse(row.first.at);
}
