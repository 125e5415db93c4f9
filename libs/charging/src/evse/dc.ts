import { type Amps, amps, type Volts, volts } from '@kerbside/kernel';
import { effectiveLimit } from './limits.ts';
import { deliversDc, type EvseState } from './state.ts';
import type { Turn } from './turn.ts';

/** No voltage that could harm is left. IEC 61851-23 */
export const SAFE_VOLTAGE = 60;
const CABLE_CHECK_VOLTAGE = 500;
const CABLE_CHECK_CURRENT = amps(1);

/** Follows the cable check from contactor to discharge; the insulation result comes as an input. */
export function advanceCableCheck(turn: Turn): void {
  const { comm, board, orders, present, has } = turn.state;
  if (comm.at !== 'talking') return;
  const closed = orders.contactor === 'closed' && board.contactor === 'closed';
  if (comm.v2g.cableCheck === 'closing' && closed) {
    if (has.insulation) {
      turn.setV2g({ cableCheck: 'measuring' });
      turn.do({ do: 'insulation', measure: true });
    } else turn.setV2g({ cableCheck: 'fault' });
  }
  if (comm.v2g.cableCheck === 'discharging' && present.voltage < SAFE_VOLTAGE) {
    turn.cancel('cable-check');
    turn.setV2g({ cableCheck: comm.v2g.measured });
  }
  if (comm.v2g.power === 'ramping' && Math.abs(present.current) < 1)
    turn.setV2g({ power: 'off', cableCheck: 'idle' });
}

/** The output was opened: what was checked holds no more, and nothing closes onto a battery unchecked. IEC 61851-23 */
export function forgetCableCheck(turn: Turn): void {
  const { comm } = turn.state;
  if (comm.at !== 'talking' || !deliversDc(turn.state)) return;
  const { cableCheck } = comm.v2g;
  if (cableCheck === 'measuring') turn.do({ do: 'insulation', measure: false });
  turn.cancel('cable-check');
  turn.cancel('ramp-down');
  turn.set({ demand: undefined });
  const over = cableCheck === 'valid' || cableCheck === 'warning' || cableCheck === 'idle';
  turn.setV2g({ power: 'off', cableCheck: over ? 'idle' : 'fault' });
}

/** Sets the supply: the least of what the car demands, what limits us, and what the supply can do. */
export function orderSupply(turn: Turn): void {
  const { state } = turn;
  if (!state.has.supply) return;
  const wanted = wantedOutput(state);
  const { setPoint } = state;
  if (wanted?.voltage === setPoint?.voltage && wanted?.current === setPoint?.current) return;
  turn.set({ setPoint: wanted });
  if (wanted) turn.do({ do: 'supply', ...wanted });
  else turn.first({ do: 'supply-off' });
}

function wantedOutput(state: EvseState): { voltage: Volts; current: Amps } | undefined {
  const { comm, supply, board, orders, demand } = state;
  if (comm.at !== 'talking' || !supply || comm.v2g.power === 'ramping') return undefined;
  if (orders.contactor !== 'closed' || board.contactor !== 'closed') return undefined;
  const { cableCheck, maxVoltage } = comm.v2g;
  const ceiling = Math.min(supply.maxVoltage, maxVoltage ?? supply.maxVoltage);
  if (cableCheck === 'measuring')
    return { voltage: volts(Math.min(CABLE_CHECK_VOLTAGE, ceiling)), current: CABLE_CHECK_CURRENT };
  if (cableCheck !== 'valid' && cableCheck !== 'warning') return undefined;
  if (!demand) return undefined;
  const voltage = volts(Math.min(demand.voltage, ceiling));
  const byPower = voltage > 0 ? supply.maxPower / voltage : supply.maxCurrent;
  return {
    voltage,
    current: amps(
      Math.max(0, Math.min(demand.current, effectiveLimit(state), supply.maxCurrent, byPower)),
    ),
  };
}
