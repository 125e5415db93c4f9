import { type Amps, amps } from '@kerbside/kernel';
import type { LimitSlot } from '../facts.ts';
import { deliversDc, type EvseState } from './state.ts';
import { clear, raise } from './faults.ts';
import type { Turn } from './turn.ts';

/** Least current that basic charging can offer. IEC 61851-1 */
export const LEAST_OFFER = amps(6);
const WARM = 70;
const COOL_AGAIN = 65;
const HOT = 85;
const BELOW_HOT = 75;

type Limited = Pick<EvseState, 'limits' | 'config' | 'session'>;

/** The slots that count now: with an outlet for both, its AC and DC parts limit their own sessions only. */
export function limitsInForce(state: Limited): readonly LimitSlot[] {
  if (state.config.kind !== 'AC+DC') return state.limits;
  const foreign = deliversDc(state) ? ['fuse', 'cable'] : ['supply'];
  return state.limits.filter((slot) => !foreign.includes(slot.name));
}

/** The minimum of the slots in force. */
export const effectiveLimit = (state: Limited): Amps =>
  amps(Math.max(0, Math.min(...limitsInForce(state).map((slot) => slot.limit))));

/** Sets or clears one named limiter; a change is a fact. */
export function setLimit(turn: Turn, name: LimitSlot['name'], limit: Amps | undefined): void {
  const { limits } = turn.state;
  const present = limits.find((slot) => slot.name === name);
  if (present?.limit === limit) return;
  const others = limits.filter((slot) => slot.name !== name);
  const next = limit === undefined ? others : [...others, { name, limit }];
  turn.set({ limits: next });
  turn.fact({
    source: 'energy',
    type: 'limit.changed',
    data: { limits: next, effective: effectiveLimit(turn.state) },
  });
}

/** Warm: half the fuse. Hot: a fault. Each ends some degrees below, so that it does not flap. */
export function onTemperature(turn: Turn, celsius: number): void {
  const { config, limits } = turn.state;
  if (celsius >= HOT) raise(turn, 'over-temperature', `${celsius} degrees Celsius`, 'own');
  else if (celsius < BELOW_HOT) clear(turn, 'over-temperature');
  const derated = limits.some((slot) => slot.name === 'temperature');
  if (celsius >= WARM && !derated) setLimit(turn, 'temperature', amps(config.fuse / 2));
  else if (celsius < COOL_AGAIN && derated) setLimit(turn, 'temperature', undefined);
}
