import type { Moment, Step } from '@kerbside/kernel';
import type { MeterReading } from '../facts.ts';
import type { AuthorizationResult } from '../ports.ts';
import { onAuthorization, onAuthorizeTimeout, onConnectionTimeout } from './authorization.ts';
import { onBesideTimeout, onMatchingBeside, onV2gBeside } from './beside.ts';
import { onBoard, onBoardGrace, onContactorTimeout, onLockTimeout } from './board.ts';
import {
  onAuthorized,
  onHlcStartTimeout,
  onMatching,
  onMatchingReadyTimeout,
  onResumeTimeout,
  onSessionSetupTimeout,
  onStepTimeout,
} from './comm.ts';
import { answerUnlock, onCommand } from './commands.ts';
import type { EvseEffect, EvseInput, Timer } from './inputs.ts';
import { armSample, onMeterWatch, onSample, takeReading } from './meter.ts';
import { onContactorRested, onPauseTimeout } from './orders.ts';
import { onCommitTimeout, onRecorded, onRecordFailed, onRecordRetry } from './outbox.ts';
import { onDebounced, onPilotSettled } from './pilot.ts';
import { beginRecovery, onRecoveryMeterSilent, onRecoveryReading } from './recovery.ts';
import { onTold, settle } from './settle.ts';
import type { EvseState } from './state.ts';
import { onEndingTimeout, onMeterAnswer, onMeterRetry, onMeterSilent } from './transaction.ts';
import { Turn } from './turn.ts';
import {
  answerPowerOn,
  onCableCheckTimeout,
  onInsulation,
  onLinkEnd,
  onPowerOn,
  onRampDownTimeout,
  onV2g,
} from './v2g.ts';

const timeouts: { readonly [T in Timer]: (turn: Turn) => void } = {
  debounce: onDebounced,
  'pilot-settle': onPilotSettled,
  contactor: onContactorTimeout,
  'contactor-rest': onContactorRested,
  ending: onEndingTimeout,
  pause: onPauseTimeout,
  'power-on': (turn) => answerPowerOn(turn, true),
  step: onStepTimeout,
  'hlc-start': onHlcStartTimeout,
  told: onTold,
  'matching-ready': onMatchingReadyTimeout,
  resume: onResumeTimeout,
  beside: onBesideTimeout,
  'link-end': onLinkEnd,
  'session-setup': onSessionSetupTimeout,
  commit: onCommitTimeout,
  'record-retry': onRecordRetry,
  authorize: onAuthorizeTimeout,
  connection: onConnectionTimeout,
  'meter-retry': (turn) => {
    if (turn.state.recovery?.at === 'reading') beginRecovery(turn);
    else onMeterRetry(turn);
  },
  'meter-watch': onMeterWatch,
  'board-grace': onBoardGrace,
  'cable-check': onCableCheckTimeout,
  'ramp-down': onRampDownTimeout,
  lock: onLockTimeout,
  unlock: (turn) => answerUnlock(turn, 'failed'),
  sample: onSample,
};

/** One input to the EVSE: its concern takes it, then orders follow from the state. */
export function step(
  state: EvseState,
  input: EvseInput,
  moment: Moment,
): Step<EvseState, EvseEffect> {
  const turn = new Turn(state, moment);
  take(turn, input);
  settle(turn);
  return { state: turn.state, effects: turn.effects };
}

function take(turn: Turn, input: EvseInput): void {
  switch (input.on) {
    case 'begin':
      onMeterWatch(turn);
      return beginRecovery(turn);
    case 'board':
      return onBoard(turn, input.event, input.supply);
    case 'reading':
      takeReading(turn, input.reading);
      return;
    case 'present':
      return turn.set({ present: { voltage: input.voltage, current: input.current } });
    case 'insulation':
      return onInsulation(turn, input.status);
    case 'matching':
      if (turn.state.comm.at === 'basic') return onMatchingBeside(turn, input.event);
      return onMatching(turn, input.event);
    case 'v2g':
      if (turn.state.comm.at === 'basic') return onV2gBeside(turn, input.request);
      return onV2g(turn, input.request);
    case 'power-on':
      return onPowerOn(turn, input.id);
    case 'command':
      return onCommand(turn, input.command, input.id);
    case 'shutdown':
      return turn.set({ shutdown: input.reason });
    case 'timeout':
      return timeouts[input.timer](turn);
    case 'answer':
      return onAnswer(turn, input.id, input.answer);
    case 'ask-failed':
      return onAskFailed(turn, input.id);
  }
}

function onAnswer(turn: Turn, id: string, answer: unknown): void {
  if (id === turn.state.outbox.ask) return recorded(turn);
  if (id === turn.state.meterAsk) {
    turn.set({ meterAsk: '' });
    const reading = takeReading(turn, answer as MeterReading);
    if (turn.state.recovery?.at === 'reading') return onRecoveryReading(turn, reading);
    return onMeterAnswer(turn, reading);
  }
  if (id.startsWith('authorize:')) onAuthorization(turn, id, answer as AuthorizationResult);
}

function recorded(turn: Turn): void {
  onRecorded(turn);
  const { transaction, outbox } = turn.state;
  if (transaction?.at !== 'committing') return;
  const waits = outbox.queue.some(
    (fact) => fact.type === 'transaction.started' && fact.data['transaction'] === transaction.key,
  );
  if (waits) return;
  turn.setTransaction({ at: 'open' });
  armSample(turn);
  onAuthorized(turn);
}

function onAskFailed(turn: Turn, id: string): void {
  if (id === turn.state.outbox.ask) return onRecordFailed(turn);
  if (id === turn.state.meterAsk) {
    turn.set({ meterAsk: '' });
    if (turn.state.recovery?.at === 'reading') return onRecoveryMeterSilent(turn);
    return onMeterSilent(turn);
  }
  if (id.startsWith('authorize:'))
    onAuthorization(turn, id, { status: 'Invalid', from: 'offline' });
}
