import { blocker, heldBack, lacksVentilation } from './interlock.ts';
import { effectiveLimit, LEAST_OFFER } from './limits.ts';
import type { EvseState, Status } from './state.ts';
import { T_NO_DRAW } from './timings.ts';

type Said = Omit<Status, 'since'>;

const say = (state: Said['state'], reason: string, waitingFor?: string, next?: string): Said => ({
  state,
  reason,
  ...(waitingFor === undefined ? {} : { waitingFor }),
  ...(next === undefined ? {} : { next }),
});

/** What a person sees: state, the key of the reason, what it waits for, what to do next. */
export function status(state: EvseState, now: number): Said {
  const { board, faults, shutdown, operative, transaction, session } = state;
  if (!board.link) return say('Unavailable', 'board-link-down', 'board', 'check-board-link');
  const fault = faults[0];
  if (fault) return say('Faulted', fault.code, 'fault-cleared', `resolve-${fault.code}`);
  if (shutdown) return say('Unavailable', 'charger-stops');
  if (transaction && transaction.at !== 'reading') return inTransaction(state, now);
  if (!operative) return say('Unavailable', 'set-inoperative', 'operator', 'set-operative');
  if (state.recovery?.at === 'reading')
    return say('Unavailable', 'closing-transaction-after-restart', 'meter');
  if (state.outbox.failing) return say('Unavailable', 'storage-failed', 'storage', 'check-storage');
  if (!session) return state.token ? beforePlugIn(state) : say('Available', 'ready');
  if (session.over !== undefined && !state.token)
    return say('Finishing', `stopped-${session.over}`, 'unplug', 'unplug');
  if (transaction) return say('Preparing', 'reading-meter', 'meter');
  return beforeStart(state);
}

function beforePlugIn(state: EvseState): Said {
  return state.token?.status === 'asking'
    ? say('Authorizing', 'asking-authorizer', 'authorizer')
    : say('Preparing', 'authorized', 'plug-in', 'plug-in');
}

function beforeStart(state: EvseState): Said {
  const { token, session, comm } = state;
  if (token?.status === 'asking') return say('Authorizing', 'asking-authorizer', 'authorizer');
  if (session?.timedOut)
    return say('Finishing', 'authorization-timed-out', 'unplug', 'present-token-or-unplug');
  if (state.config.kind === 'DC' && !state.has.hlc)
    return say('Unavailable', 'no-communication-configured', 'configuration');
  const reason = session?.refused ? `token-refused-${session.refused}` : undefined;
  switch (comm.at) {
    case 'steps':
      return say('Matching', reason ?? 'waking-the-car', 'car');
    case 'readying':
      return say('Matching', reason ?? 'readying-matching', 'modem', 'present-token');
    case 'listening':
      return say('Matching', reason ?? 'waiting-for-matching', 'car', 'present-token');
    case 'matching':
      return say('Matching', reason ?? 'matching', 'car', 'present-token');
    case 'linked':
      return say('Communicating', reason ?? 'waiting-for-v2g-session', 'car', 'present-token');
    case 'talking':
      return comm.v2g.told
        ? say('Stopping', 'car-is-told-to-stop', 'car')
        : say('Communicating', reason ?? 'waiting-for-authorization', 'token', 'present-token');
    case 'none':
    case 'basic':
    case 'paused':
    case 'resuming':
    case 'ended':
      return say('Preparing', reason ?? 'waiting-for-authorization', 'token', 'present-token');
  }
}

function inTransaction(state: EvseState, now: number): Said {
  const { transaction, board, orders } = state;
  switch (transaction?.at) {
    case 'committing':
      return say('Preparing', 'writing-transaction-start', 'storage');
    case 'ending':
      return say('Stopping', `stopping-${transaction.stop?.reason}`, 'car', 'wait');
    case 'closing':
      return say('Stopping', `stopping-${transaction.stop?.reason}`, 'contactor');
    case 'last-reading':
      return say('Stopping', `stopping-${transaction.stop?.reason}`, 'meter');
    case 'open':
    case 'reading':
    case undefined:
  }
  if (orders.contactor === 'closed' && board.contactor === 'closed') return energised(state, now);
  return waitingForPower(state);
}

function energised(state: EvseState, now: number): Said {
  const { comm, pause, idleSince } = state;
  if (pause !== 'no') return say('SuspendedEVSE', 'limit-too-low', 'limit', 'raise-limit');
  if (comm.at === 'talking' && !comm.v2g.delivering)
    return say('Ready', comm.v2g.cableCheck === 'valid' ? 'pre-charge' : 'cable-check', 'car');
  if (idleSince !== undefined && now - idleSince >= T_NO_DRAW)
    return say('SuspendedEV', 'car-draws-nothing', 'car');
  return say('Charging', 'charging');
}

function waitingForPower(state: EvseState): Said {
  const { comm } = state;
  const reason = blocker(state);
  if (lacksVentilation(state.board.pilot, state.config))
    return say('SuspendedEVSE', 'ventilation-required', 'car', 'use-ventilated-place');
  if (effectiveLimit(state) < LEAST_OFFER)
    return say('SuspendedEVSE', 'limit-too-low', 'limit', 'raise-limit');
  if (heldBack(state)) return say('SuspendedEVSE', 'contactor-rests', 'contactor-rest', 'wait');
  switch (comm.at) {
    case 'basic':
      return reason === 'pilot-B'
        ? say('SuspendedEV', 'car-not-ready', 'car')
        : say('Ready', reason ?? 'closing-contactor', reason ? 'hardware' : 'contactor');
    case 'talking':
      return say('Communicating', 'authorized', 'car');
    case 'steps':
    case 'resuming':
      return say('Matching', 'waking-the-car', 'car');
    case 'readying':
      return say('Matching', 'readying-matching', 'modem');
    case 'listening':
    case 'matching':
      return say('Matching', 'matching', 'car');
    case 'linked':
      return say('Communicating', 'waiting-for-v2g-session', 'car');
    case 'paused':
      return say('SuspendedEV', 'paused-by-car', 'car', 'wake-the-car');
    case 'ended':
      return say('Stopping', 'session-over', 'car');
    case 'none':
      return say('Preparing', reason ?? 'authorized', 'car');
  }
}
