import type { ActiveFault } from './state.ts';
import type { Turn } from './turn.ts';

/** Notes a fault; while any stands no energy flows. */
export function raise(turn: Turn, code: string, text: string, kind: ActiveFault['kind']): void {
  const { faults } = turn.state;
  if (faults.some((fault) => fault.code === code)) return;
  turn.set({ faults: [...faults, { code, text, kind }] });
  turn.fact({ source: 'fault', type: 'fault.raised', data: { code, text } });
}

export function clear(turn: Turn, code: string): void {
  const { faults } = turn.state;
  if (!faults.some((fault) => fault.code === code)) return;
  turn.set({ faults: faults.filter((fault) => fault.code !== code) });
  turn.fact({ source: 'fault', type: 'fault.cleared', data: { code } });
}

/** Faults of one stay: the next car finds them gone. */
const endWithSession: ReadonlySet<string> = new Set([
  'insulation',
  'cable-check-timeout',
  'contactor-did-not-close',
  'contactor-opened',
  'over-current',
]);

export function clearSessionFaults(turn: Turn): void {
  for (const { code } of turn.state.faults) if (endWithSession.has(code)) clear(turn, code);
}

/** A person looked at it: latched faults go, unless the board still shows their cause. */
export function resetFaults(turn: Turn): void {
  const { board, faults } = turn.state;
  for (const { code, kind } of faults) {
    if (kind === 'board') continue;
    if (code === 'contactor-welded' && board.contactor !== 'open') continue;
    if (code === 'lock-failed' && board.lock === 'failed') continue;
    if (code === 'pilot-error' && (board.pilot === 'E' || board.pilot === 'F')) continue;
    if (code === 'meter-failure' || code === 'over-temperature') continue;
    clear(turn, code);
  }
}
