import { numberOf } from '../configuration/configuration.ts';
import type { Turn } from '../turn.ts';
import type { Handler } from './handler.ts';

/** Seconds in which transactions may end and their last messages be delivered. */
const PATIENCE = { Soft: 60, Hard: 10 } as const;

/** The answer goes first, then transactions are stopped, then the reset is done. OCPP 1.6 section 5.14 */
export const onReset: Handler<'Reset'> = (turn, { type }, callId) => {
  if (turn.state.resetting) {
    turn.respond(callId, 'Reset', { status: 'Rejected' });
    return;
  }
  turn.respond(callId, 'Reset', { status: 'Accepted' });
  turn.set({ resetting: { type, failures: 0, asked: false } });
  for (const { evse, snapshot } of turn.state.connectors.values())
    if (evse !== undefined && snapshot?.transaction)
      turn.ask(
        { for: 'nothing', what: 'stop before reset' },
        {
          ask: 'command',
          evse,
          command: {
            command: 'stop',
            transaction: snapshot.transaction.key,
            reason: type === 'Soft' ? 'SoftReset' : 'HardReset',
          },
        },
      );
  turn.arm('reset', PATIENCE[type]);
  // A moment for the answer to leave, also when nothing has to be waited for.
  turn.arm('reset-look', 1);
};

/** Resets as soon as no transaction runs and nothing is left to be delivered. */
export function lookAtReset(turn: Turn): void {
  const { resetting, connectors, queueLength } = turn.state;
  if (!resetting || resetting.asked) return;
  const busy = [...connectors.values()].some(({ snapshot }) => snapshot?.transaction);
  if (busy || (queueLength > 0 && turn.online)) turn.arm('reset-look', 1);
  else doReset(turn);
}

/** Patience is over: what is left is on disk, and is delivered after the restart. */
export function doReset(turn: Turn): void {
  const { resetting } = turn.state;
  if (!resetting || resetting.asked) return;
  turn.cancel('reset');
  turn.cancel('reset-look');
  turn.set({ resetting: { ...resetting, asked: true } });
  turn.report('ocpp.reset', { type: resetting.type });
  turn.ask({ for: 'reset' }, { ask: 'reset', type: resetting.type });
}

export function onResetFailed(turn: Turn, error: unknown): void {
  const { resetting } = turn.state;
  if (!resetting) return;
  const failures = resetting.failures + 1;
  turn.report('ocpp.reset-failed', { type: resetting.type, failures, error: String(error) });
  if (failures > numberOf(turn.state.configuration, 'ResetRetries')) {
    turn.set({ resetting: undefined });
    return;
  }
  turn.set({ resetting: { ...resetting, failures, asked: false } });
  turn.arm('reset', 5);
}
