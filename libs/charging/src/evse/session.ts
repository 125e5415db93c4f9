import { leaveComm } from './comm.ts';
import { dropToken, requestStart } from './authorization.ts';
import { clearSessionFaults } from './faults.ts';
import { setLimit } from './limits.ts';
import { mayResume, tellNotResumed } from './recovery.ts';
import type { Turn } from './turn.ts';

const plugged = (turn: Turn): boolean => {
  const { pilot } = turn.state.board;
  return pilot === 'B' || pilot === 'C' || pilot === 'D';
};

/** A car is plugged in, and the stay before is written: the journal opens a new one. */
export function beginSession(turn: Turn): void {
  const { session, board, recovery, config, token, shutdown } = turn.state;
  if (session || !board.link || shutdown || recovery?.at === 'reading') return;
  if (!plugged(turn)) {
    // The car of before the crash is gone.
    if (recovery && board.pilot === 'A' && board.candidate === undefined)
      turn.set({ recovery: undefined });
    return;
  }
  const resumes = recovery !== undefined && mayResume(turn, recovery);
  turn.set({
    recovery: undefined,
    comingSession: undefined,
    session: {
      id: turn.state.comingSession ?? turn.newName(),
      began: turn.moment.wall,
      timedOut: false,
      refused: undefined,
      over: undefined,
      unplugged: false,
    },
  });
  const trigger = resumes ? 'recovery' : 'plug-in';
  turn.fact({ source: 'system', type: 'session.began', data: { trigger } });
  if (recovery && !resumes) tellNotResumed(turn, recovery);
  if (resumes && !token) requestStart(turn, recovery.open.idToken, 'recovery');
  if (!turn.state.token && config.connectionTimeout > 0)
    turn.arm('connection', config.connectionTimeout);
}

/** The car is gone: everything that was for it ends now, the journal when the meter is read. */
export function unplug(turn: Turn): void {
  if (!turn.state.session) return;
  turn.setSession({ unplugged: true });
  leaveComm(turn, 'unplugged');
  turn.cancel('pause');
  turn.set({ pause: 'no' });
}

/** The token that waited for a car is gone: the next car's session is another one. */
export function forgetComing(turn: Turn): void {
  const { token, comingSession } = turn.state;
  if (comingSession !== undefined && !token) turn.set({ comingSession: undefined });
}

export function endSession(turn: Turn): void {
  const { session, transaction, shutdown } = turn.state;
  if (!session || transaction || (!session.unplugged && !shutdown)) return;
  turn.fact({
    source: 'system',
    type: 'session.ended',
    data: { reason: session.over ?? shutdown ?? 'EVDisconnected' },
  });
  dropToken(turn);
  turn.cancel('connection');
  turn.set({ session: undefined });
  setLimit(turn, 'cable', turn.state.board.cable);
  if (shutdown) leaveComm(turn, 'charger stops');
  clearSessionFaults(turn);
}
