import { matchBeside } from './beside.ts';
import { beginComm, leaveComm } from './comm.ts';
import { advanceCableCheck, orderSupply } from './dc.ts';
import { orderContactor, orderLimit, orderLock, orderPause, orderPilot } from './orders.ts';
import { pump } from './outbox.ts';
import { beginSession, endSession, forgetComing } from './session.ts';
import { status } from './status.ts';
import { T_FAULT_TOLD, T_STOP_OBEYED } from './timings.ts';
import { endTransaction, readForStop, startTransaction } from './transaction.ts';
import type { Turn } from './turn.ts';
import { answerPowerOn } from './v2g.ts';
import { watchPause } from './wake-up.ts';

/** After every input: what the state as it now is demands. Orders follow from conditions, here alone. */
export function settle(turn: Turn): void {
  endWhatMust(turn);
  endSession(turn);
  beginSession(turn);
  forgetComing(turn);
  keepComm(turn);
  watchPause(turn);
  matchBeside(turn);
  startTransaction(turn);
  advanceCableCheck(turn);
  orderPause(turn);
  orderContactor(turn);
  readForStop(turn);
  orderSupply(turn);
  orderPilot(turn);
  orderLock(turn);
  orderLimit(turn);
  answerPowerOn(turn);
  pump(turn);
  stamp(turn);
}

function endWhatMust(turn: Turn): void {
  const { faults, session, outbox, shutdown } = turn.state;
  if (session?.unplugged) endTransaction(turn, 'EVDisconnected');
  if (faults.some((fault) => fault.code === 'emergency-stop'))
    endTransaction(turn, 'EmergencyStop');
  else if (faults.length > 0) endTransaction(turn, 'Fault');
  if (outbox.failing) endTransaction(turn, 'Storage');
  if (shutdown) endTransaction(turn, shutdown);
}

/** The car is told over V2G that it is over, for a stated time; then, or where there is no V2G, we end it. */
function keepComm(turn: Turn): void {
  const { comm, session, faults, board, operative, shutdown } = turn.state;
  if (!session || session.unplugged) return;
  const hindered = faults.length > 0 || !board.link || shutdown !== undefined;
  if (comm.at === 'talking') {
    if (comm.v2g.told || !(hindered || session.over !== undefined)) return;
    turn.setV2g({ told: true, power: 'off' });
    turn.set({ demand: undefined });
    turn.arm('told', hindered ? T_FAULT_TOLD : T_STOP_OBEYED);
    return;
  }
  const idle =
    comm.at === 'none' ||
    comm.at === 'ended' ||
    comm.at === 'paused' ||
    (comm.at === 'steps' && comm.leadsTo === 'ended');
  if ((hindered || (!operative && !turn.state.transaction)) && !idle && comm.at !== 'basic')
    leaveComm(turn, faults[0]?.code ?? 'unavailable');
  else if (!hindered && operative && comm.at === 'none') beginComm(turn);
}

/** The car had its time. */
export function onTold(turn: Turn): void {
  const { comm, faults, board } = turn.state;
  if (comm.at !== 'talking') return;
  leaveComm(turn, 'the car did not end the session in time', 'terminate');
  if (faults.length === 0 && board.link) turn.set({ comm: { at: 'ended' } });
}

function stamp(turn: Turn): void {
  const next = status(turn.state, turn.moment.now);
  const { status: present } = turn.state;
  const same =
    next.state === present.state &&
    next.reason === present.reason &&
    next.waitingFor === present.waitingFor &&
    next.next === present.next;
  if (same) return;
  const since = next.state === present.state && next.reason === present.reason;
  turn.set({ status: { ...next, since: since ? present.since : turn.moment.wall } });
}
