import { wattHours } from '@kerbside/kernel';
import type { EvseSnapshot, EvseView } from '../ports.ts';
import { effectiveLimit, limitsInForce } from './limits.ts';
import type { EvseState } from './state.ts';

/** What the SECC reads for its answers to the car. */
export function evseView(state: EvseState): EvseView {
  const { transaction, session, token, faults, board, comm, shutdown, meter, config } = state;
  const committed = transaction?.at === 'open' || transaction?.at === 'ending';
  const cableCheck = comm.at === 'talking' ? comm.v2g.cableCheck : 'idle';
  return {
    authorization: committed ? 'accepted' : session?.timedOut && !token ? 'rejected' : 'waiting',
    transaction: transaction?.at === 'open' ? transaction.key : undefined,
    contactor: board.contactor === 'closed' || board.contactor === 'welded' ? 'closed' : 'open',
    stop: transaction?.stop?.reason ?? session?.over ?? shutdown,
    fault: board.link ? faults[0]?.code : 'board-link-down',
    cableCheck:
      cableCheck === 'closing' || cableCheck === 'measuring' || cableCheck === 'discharging'
        ? 'ongoing'
        : cableCheck,
    present: state.present,
    maxCurrent: effectiveLimit(state),
    supply: state.supply,
    meter: meter && { id: config.meterId, energy: meter.energy },
  };
}

/** The live state for people and back-ends. */
export function evseSnapshot(state: EvseState): EvseSnapshot {
  const { board, session, transaction, meter, config, status } = state;
  const key = transaction?.key;
  return {
    evse: config.evse,
    ...status,
    pilot: board.pilot,
    pilotOutput: state.orders.output,
    contactor: board.contactor,
    lock: board.lock,
    boardLink: board.link,
    ...(session && {
      session: {
        id: session.id,
        began: session.began,
        ...(session.kind && { kind: session.kind }),
        ...(session.soc !== undefined && { soc: session.soc }),
        ...(session.evccId !== undefined && { evccId: session.evccId }),
        ...(session.evMac !== undefined && { evMac: session.evMac }),
      },
    }),
    ...(state.comingSession !== undefined && { comingSession: state.comingSession }),
    ...(transaction &&
      key && {
        transaction: {
          key,
          started: transaction.started,
          meterStart: transaction.meterStart,
          energy: wattHours(
            Math.max(0, (meter?.energy ?? transaction.meterStart) - transaction.meterStart),
          ),
          idToken: transaction.idToken,
        },
      }),
    ...(meter && { meter }),
    ...(state.has.supply && { output: state.present }),
    limits: limitsInForce(state),
    maxCurrent: effectiveLimit(state),
    faults: state.faults.map(({ code, text }) => ({ code, text })),
  };
}
