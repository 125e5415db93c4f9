import { wattHours } from '@kerbside/kernel';
import type { MeterReading, StopReason } from '../facts.ts';
import { raise } from './faults.ts';
import type { EvseState } from './state.ts';
import { T_BASIC_STOP, T_METER_NEEDED, T_METER_RETRY, T_STOP_OBEYED } from './timings.ts';
import type { Turn } from './turn.ts';

/** A car, an accepted token, and nothing in the way: the meter is read for the start. */
export function startTransaction(turn: Turn): void {
  const { state } = turn;
  const { session, token } = state;
  if (state.transaction || !session || session.unplugged || token?.status !== 'accepted') return;
  if (!state.board.link || state.faults.length > 0 || state.shutdown) return;
  if (state.config.kind === 'DC' && !state.has.hlc) return;
  if (!state.operative || state.outbox.failing || state.recovery?.at === 'reading') return;
  turn.set({
    transaction: {
      key: '',
      session: session.id,
      idToken: token.idToken,
      ...(token.parent === undefined ? {} : { parent: token.parent }),
      at: 'reading',
      started: turn.moment.wall,
      meterStart: wattHours(0),
      readingSince: turn.moment.now,
    },
    meterAsk: turn.ask({ ask: 'meter' }),
  });
  turn.cancel('connection');
}

/** Reasons that leave the car no time to leave the load. */
const atOnce: ReadonlySet<StopReason> = new Set([
  'EVDisconnected',
  'EVStopped',
  'DeAuthorized',
  'EmergencyStop',
  'PowerLoss',
  'Reboot',
  'Storage',
  'BoardLost',
  'Fault',
]);

/** Ends the transaction: gently where a person or back-end wishes, else the contactor opens in this step. */
export function endTransaction(
  turn: Turn,
  reason: StopReason,
  how: { readonly idToken?: string; readonly atOnce?: boolean } = {},
): void {
  const { idToken } = how;
  const { transaction, comm, orders } = turn.state;
  if (!transaction) return;
  if (transaction.at === 'closing' || transaction.at === 'last-reading') {
    // A plug that is drawn breaks the connection before the pilot shows it.
    const known = transaction.stop?.reason !== 'Other';
    if (reason === 'EVDisconnected' && !known) turn.setTransaction({ stop: { reason } });
    return;
  }
  if (transaction.at === 'reading') {
    turn.cancel('meter-retry');
    turn.set({ transaction: undefined, token: undefined, meterAsk: '' });
    return;
  }
  const gentle =
    !how.atOnce &&
    !atOnce.has(reason) &&
    transaction.at === 'open' &&
    (comm.at === 'talking' || orders.contactor === 'closed');
  if (transaction.at === 'ending' && !how.atOnce && !atOnce.has(reason)) return;
  // The first reason counts, unless the driver must know of something graver.
  const first = transaction.at === 'ending' && reason !== 'EmergencyStop' && reason !== 'Fault';
  const stop =
    first && transaction.stop
      ? transaction.stop
      : { reason, ...(idToken === undefined ? {} : { idToken }) };
  turn.setTransaction({ at: gentle ? 'ending' : 'closing', stop });
  if (gentle) turn.arm('ending', comm.at === 'talking' ? T_STOP_OBEYED : T_BASIC_STOP);
  else turn.cancel('ending');
}

/** The car did not leave the load in time. */
export function onEndingTimeout(turn: Turn): void {
  if (turn.state.transaction?.at === 'ending') turn.setTransaction({ at: 'closing' });
}

/** Once the contactor is open the meter stands still and is read for the last time. */
export function readForStop(turn: Turn): void {
  const { transaction, board, orders } = turn.state;
  if (
    transaction?.at === 'ending' &&
    orders.contactor === 'open' &&
    turn.state.comm.at !== 'talking'
  )
    turn.setTransaction({ at: 'closing' });
  if (turn.state.transaction?.at !== 'closing') return;
  if (orders.contactor === 'closed' || board.contactor === 'closed') return;
  turn.setTransaction({ at: 'last-reading', readingSince: turn.moment.now });
  turn.cancel('ending');
  turn.set({ meterAsk: turn.ask({ ask: 'meter' }) });
}

export function onMeterAnswer(turn: Turn, reading: MeterReading): void {
  const { transaction } = turn.state;
  if (transaction?.at === 'reading') writeStart(turn, reading);
  else if (transaction?.at === 'last-reading') writeStop(turn, reading);
}

/** The meter did not answer: asked again for a while; then nothing starts, but a stop takes the newest reading. */
export function onMeterSilent(turn: Turn): void {
  const { transaction, meter } = turn.state;
  if (!transaction || (transaction.at !== 'reading' && transaction.at !== 'last-reading')) return;
  if (turn.moment.now - transaction.readingSince < T_METER_NEEDED) {
    turn.arm('meter-retry', T_METER_RETRY);
    return;
  }
  if (transaction.at === 'reading') {
    raise(turn, 'meter-failure', 'the meter does not answer', 'own');
    endTransaction(turn, 'Fault');
  } else writeStop(turn, meter ?? blank(turn.state, turn.moment.wall));
}

export function onMeterRetry(turn: Turn): void {
  const at = turn.state.transaction?.at;
  if (at === 'reading' || at === 'last-reading') turn.set({ meterAsk: turn.ask({ ask: 'meter' }) });
}

const blank = (state: EvseState, at: number): MeterReading => ({
  at,
  energy: state.transaction?.meterStart ?? wattHours(0),
  power: 0 as MeterReading['power'],
  voltage: [],
  current: [],
});

function writeStart(turn: Turn, meter: MeterReading): void {
  const { config, transaction } = turn.state;
  if (!transaction) return;
  const key = turn.newName();
  turn.setTransaction({
    key,
    at: 'committing',
    started: turn.moment.wall,
    meterStart: meter.energy,
  });
  turn.fact({
    source: 'energy',
    type: 'transaction.started',
    data: { transaction: key, connector: config.connector, idToken: transaction.idToken, meter },
  });
}

function writeStop(turn: Turn, reading: MeterReading): void {
  const { config, transaction } = turn.state;
  if (!transaction) return;
  const { key, meterStart } = transaction;
  const reason = transaction.stop?.reason ?? 'Other';
  const meter = { ...reading, energy: wattHours(Math.max(reading.energy, meterStart)) };
  turn.fact(
    {
      source: 'energy',
      type: 'transaction.stopped',
      data: {
        transaction: key,
        connector: config.connector,
        // A token stands in the stop only where one stopped it.
        ...(transaction.stop?.idToken === undefined ? {} : { idToken: transaction.stop.idToken }),
        meterStart,
        meter,
        reason,
      },
    },
    transaction.session,
  );
  turn.cancel('sample');
  turn.cancel('meter-retry');
  turn.set({
    transaction: undefined,
    token: undefined,
    demand: undefined,
    pause: 'no',
    idleSince: undefined,
    groupAsk: undefined,
  });
  turn.setSession({ over: reason });
}
