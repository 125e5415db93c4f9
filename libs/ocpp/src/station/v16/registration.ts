import type { BootNotificationResponse } from '../../messages/v16/boot-notification.ts';
import { parseDateTime } from '../../messages/v16/date-time.ts';
import { checkResponse } from '../../messages/v16/validate.ts';
import type { CallOutcome } from '../../rpc/rpc-machine.ts';
import { numberOf } from './configuration/configuration.ts';
import { reportAllStatuses, reportChangedStatuses } from './connectors.ts';
import type { Turn } from './turn.ts';

/** Seconds until the next BootNotification when the CSMS leaves the choice to us, or failed. */
const BOOT_RETRY = 60;
/** Differences of the clocks below this are not worth a word. */
const CLOCK_TOLERANCE_MS = 2_000;

export function sendBoot(turn: Turn): void {
  turn.cancel('boot');
  turn.set({ registration: 'booting', bootHeld: false });
  turn.call({ for: 'boot' }, 'BootNotification', turn.state.settings.boot, { urgent: true });
}

/** A new connection: boot when the CSMS does not know us yet, else go on where we were. OCPP 1.6 section 4.2 */
export function onConnected(turn: Turn): void {
  turn.set({ connected: true });
  if (turn.state.registration === 'accepted') {
    reportChangedStatuses(turn);
    turn.do({ do: 'queue', open: true });
    armHeartbeat(turn);
  } else if (!turn.state.bootHeld) sendBoot(turn);
}

export function onDisconnected(turn: Turn): void {
  turn.set({ connected: false });
  turn.cancel('heartbeat');
  turn.do({ do: 'queue', open: false });
}

export function onBootTimer(turn: Turn): void {
  turn.set({ bootHeld: false });
  if (turn.state.connected && turn.state.registration !== 'accepted') sendBoot(turn);
}

function retryBoot(turn: Turn, reason: string): void {
  turn.set({ registration: 'none' });
  turn.report('ocpp.boot', { status: 'failed', reason, retrySeconds: BOOT_RETRY });
  turn.arm('boot', BOOT_RETRY);
}

function onBootAnswer(turn: Turn, answer: BootNotificationResponse): void {
  const { status, interval } = answer;
  const wait = interval > 0 ? Math.min(interval, 86_400) : BOOT_RETRY;
  turn.report('ocpp.boot', { status, interval });
  noteClock(turn, answer.currentTime);
  if (status === 'Accepted') {
    turn.set({ registration: 'accepted', bootHeld: false });
    if (interval > 0) setHeartbeatInterval(turn, Math.min(interval, 86_400));
    reportAllStatuses(turn);
    turn.do({ do: 'queue', open: true });
    armHeartbeat(turn);
    return;
  }
  turn.set({ registration: status === 'Pending' ? 'pending' : 'rejected', bootHeld: true });
  turn.arm('boot', wait);
}

export function onBootOutcome(turn: Turn, outcome: CallOutcome): void {
  switch (outcome.kind) {
    case 'result': {
      const checked = checkResponse('BootNotification', outcome.payload);
      if (checked.ok) onBootAnswer(turn, checked.value);
      else retryBoot(turn, `malformed answer: ${checked.error.description}`);
      return;
    }
    case 'error':
      retryBoot(turn, `${outcome.error.code} ${outcome.error.description}`.trim());
      return;
    case 'timeout':
      retryBoot(turn, 'no answer in time');
      return;
    case 'disconnected':
      // The next connection boots again at once.
      turn.set({ registration: 'none' });
      return;
    case 'refused':
      retryBoot(turn, outcome.reason);
  }
}

/** A CSMS that answers SecurityError to a station it had accepted has forgotten it. OCPP-J 1.6 errata 3.8 */
export function bootAgain(turn: Turn): void {
  if (turn.state.registration !== 'accepted') return;
  turn.report('ocpp.boot', { status: 'forgotten' });
  turn.do({ do: 'queue', open: false });
  turn.cancel('heartbeat');
  turn.set({ registration: 'none' });
  if (turn.state.connected) sendBoot(turn);
}

function setHeartbeatInterval(turn: Turn, interval: number): void {
  const { configuration } = turn.state;
  const value = String(interval);
  if (configuration.values.get('HeartbeatInterval') === value) return;
  turn.set({
    configuration: {
      ...configuration,
      values: new Map([...configuration.values, ['HeartbeatInterval', value]]),
    },
  });
  turn.ask(
    { for: 'nothing', what: 'HeartbeatInterval' },
    { ask: 'put-setting', key: 'config.HeartbeatInterval', value },
  );
}

/** Any exchange with the CSMS starts the wait anew. OCPP 1.6 section 4.6 */
export function armHeartbeat(turn: Turn): void {
  if (!turn.online) return;
  const interval = numberOf(turn.state.configuration, 'HeartbeatInterval');
  if (interval > 0) turn.arm('heartbeat', interval);
  else turn.cancel('heartbeat');
}

export function sendHeartbeat(turn: Turn): void {
  if (!turn.state.connected) return;
  turn.call({ for: 'heartbeat' }, 'Heartbeat', {});
}

export function onHeartbeatOutcome(turn: Turn, outcome: CallOutcome): void {
  if (outcome.kind !== 'result') return;
  const checked = checkResponse('Heartbeat', outcome.payload);
  if (checked.ok) noteClock(turn, checked.value.currentTime);
}

function noteClock(turn: Turn, currentTime: string): void {
  const at = parseDateTime(currentTime);
  if (at === undefined) return;
  const driftMs = turn.moment.wall - at;
  if (Math.abs(driftMs) > CLOCK_TOLERANCE_MS) turn.report('ocpp.clock', { driftMs });
}
