import type { MmeOf } from '../messages/catalogue.ts';
import { C_EV_match_retry } from '../timings.ts';
import type { PevTurn } from './turn.ts';

const linked = (turn: PevTurn, mac: string): boolean =>
  (turn.state.at === 'joining' || turn.state.at === 'matched') && turn.state.choice?.mac === mac;

/** The charger asks the vehicle to lower its transmit power. */
export function onAmpMapReq(turn: PevTurn, frame: MmeOf<'CM_AMP_MAP.REQ'>): void {
  if (!linked(turn, frame.OSA) || frame.AMLEN === 0) return;
  const MMV = Math.max(1, frame.MMV);
  turn.send({ name: 'CM_AMP_MAP.CNF', ODA: frame.OSA, OSA: turn.mac, MMV, ResType: 0 });
  turn.report({ kind: 'amp-map', direction: 'in', carriers: frame.AMLEN, taken: true });
}

/** The link stands: the own map, where there is one. */
export function sendAmpMap(turn: PevTurn): void {
  const { choice, ampMapsSent } = turn.state;
  const { ampMap } = turn.config;
  if (!choice || !ampMap) return;
  turn.set({ ampMapsSent: ampMapsSent + 1 });
  turn.send({
    name: 'CM_AMP_MAP.REQ',
    ODA: choice.mac,
    OSA: turn.mac,
    AMLEN: ampMap.length,
    AMDATA: Array.from({ length: (ampMap.length + 1) >> 1 }, (_, i) =>
      (((ampMap[2 * i + 1] ?? 0) << 4) | (ampMap[2 * i] ?? 0)).toString(16).padStart(2, '0'),
    ).join(''),
  });
  turn.arm('TT_amp_map_exchange', turn.config.timers.TT_amp_map_exchange);
}

export function onAmpMapCnf(turn: PevTurn, frame: MmeOf<'CM_AMP_MAP.CNF'>): void {
  if (!linked(turn, frame.OSA) || turn.state.ampMapsSent === 0 || frame.ResType > 1) return;
  turn.cancel('TT_amp_map_exchange');
  turn.set({ ampMapsSent: 0 });
  const carriers = turn.config.ampMap?.length ?? 0;
  turn.report({ kind: 'amp-map', direction: 'out', carriers, taken: frame.ResType === 0 });
}

/** Two repeats; a charger that does not answer keeps its power. */
export function onAmpMapTimeout(turn: PevTurn): void {
  const { ampMapsSent } = turn.state;
  if (ampMapsSent === 0) return;
  if (ampMapsSent <= C_EV_match_retry) return sendAmpMap(turn);
  turn.set({ ampMapsSent: 0 });
  const carriers = turn.config.ampMap?.length ?? 0;
  turn.report({ kind: 'amp-map', direction: 'out', carriers, taken: false });
}
