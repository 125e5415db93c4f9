import type { MmeOf, Sendable } from '../messages/catalogue.ts';
import { C_EV_match_retry } from '../timings.ts';
import { leaveNetwork, toModem } from './modem/keying.ts';
import type { AmpMapAsked, Match } from './state.ts';
import type { Turn } from './turn.ts';

const SUCCESS = 0;
const FAILURE = 1;
/** Requests of the vehicle that may wait for the modem at the same time. */
const MOST_ASKED = 8;

/** The vehicle with the link, if this address is its. */
function partner(turn: Turn, mac: string): Match | undefined {
  const { at, match } = turn.state;
  const linked = at === 'matched' || (at === 'joining' && match?.linkSeen);
  return linked && match?.evMac === mac ? match : undefined;
}

/** CM_AMP_MAP.REQ of the vehicle: by how much the charger is to lower its transmit power. */
export function onAmpMapReq(turn: Turn, frame: MmeOf<'CM_AMP_MAP.REQ'>): void {
  const match = partner(turn, frame.OSA);
  if (!match || frame.AMLEN === 0) return; // an empty map is not answered
  const asked = { mmv: frame.MMV, carriers: frame.AMLEN };
  const { answer } = turn.config.ampMap;
  if (answer !== 'modem') return confirm(turn, match, asked, answer === 'success');
  if (turn.config.modemVendor === 'none') return confirm(turn, match, asked, false);
  if (match.ampMapsAsked.length >= MOST_ASKED) return;
  turn.setMatch({ ampMapsAsked: [...match.ampMapsAsked, asked] });
  if (match.ampMapsAsked.length > 0) return; // the modem is at it already
  const { AMLEN, AMDATA } = frame;
  turn.send({ name: 'CM_AMP_MAP.REQ', ...toModem(turn), MMV: frame.MMV, AMLEN, AMDATA });
  turn.arm('TP_amp_map_exchange', turn.timers.TP_amp_map_exchange);
}

function confirm(turn: Turn, match: Match, asked: AmpMapAsked, taken: boolean): void {
  const { evMac, runId } = match;
  const ResType = taken ? SUCCESS : FAILURE;
  // An answer in version 0 would have another header than the question.
  const MMV = Math.max(1, asked.mmv);
  turn.send({ name: 'CM_AMP_MAP.CNF', ODA: evMac, OSA: turn.mac, MMV, ResType });
  const { carriers } = asked;
  turn.report({ kind: 'amp-map', direction: 'in', evMac, runId, carriers, taken });
}

function answerAll(turn: Turn, taken: boolean): void {
  const { match } = turn.state;
  if (!match) return;
  turn.cancel('TP_amp_map_exchange');
  turn.setMatch({ ampMapsAsked: [] });
  for (const asked of match.ampMapsAsked) confirm(turn, match, asked, taken);
}

/** CM_AMP_MAP.CNF: of the own modem, or of the vehicle. */
export function onAmpMapOfModem(turn: Turn, frame: MmeOf<'CM_AMP_MAP.CNF'>): void {
  const match = partner(turn, frame.OSA);
  if (match) onAmpMapCnf(turn, match, frame.ResType);
  else if ((turn.state.match?.ampMapsAsked.length ?? 0) > 0 && isModem(turn, frame.OSA))
    answerAll(turn, frame.ResType === SUCCESS);
}
const isModem = (turn: Turn, mac: string) =>
  mac === turn.config.modemMac || turn.state.modem.macs.includes(mac);

/** TP_amp_map_exchange is over: the modem did not say that it took the map. */
export const onAmpMapUnanswered = (turn: Turn): void => answerAll(turn, false);

/** The link stands: the own map goes to the vehicle, where there is one. */
export function sendAmpMap(turn: Turn): void {
  const { match } = turn.state;
  const { send, mmv } = turn.config.ampMap;
  if (!match || !send) return;
  turn.setMatch({ ampMapsSent: match.ampMapsSent + 1 });
  turn.send(ampMapReq({ ODA: match.evMac, OSA: turn.mac }, send, mmv));
  turn.arm('TT_amp_map_exchange', turn.timers.TT_amp_map_exchange);
}

const ampMapReq = (
  to: { readonly ODA: string; readonly OSA: string },
  map: readonly number[],
  MMV: 1 | 2,
): Sendable => ({
  name: 'CM_AMP_MAP.REQ',
  ...to,
  MMV,
  AMLEN: map.length,
  // The even carrier in the low half of the byte.
  AMDATA: Array.from({ length: (map.length + 1) >> 1 }, (_, i) =>
    (((map[2 * i + 1] ?? 0) << 4) | (map[2 * i] ?? 0)).toString(16).padStart(2, '0'),
  ).join(''),
});

function onAmpMapCnf(turn: Turn, match: Match, result: number): void {
  if (match.ampMapsSent === 0 || result > FAILURE) return; // anything else counts as no answer
  turn.cancel('TT_amp_map_exchange');
  turn.setMatch({ ampMapsSent: 0 });
  const { evMac, runId } = match;
  const carriers = turn.config.ampMap.send?.length ?? 0;
  const taken = result === SUCCESS;
  turn.report({ kind: 'amp-map', direction: 'out', evMac, runId, carriers, taken });
}

/** TT_amp_map_exchange is over: two repeats, then matching counts as failed. */
export function onAmpMapTimeout(turn: Turn): void {
  const { match } = turn.state;
  if (!match || match.ampMapsSent === 0) return;
  if (match.ampMapsSent <= C_EV_match_retry) return sendAmpMap(turn);
  turn.fail('no-amp-map-cnf', match.evMac);
  leaveNetwork(turn);
}
