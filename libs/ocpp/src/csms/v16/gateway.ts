import {
  type Clock,
  type Duration,
  type Logger,
  type Random,
  runMachine,
  type RunningMachine,
} from '@kerbside/kernel';
import type { CsmsAction, CsmsToStation } from '../../messages/v16/actions.ts';
import { checkResponse } from '../../messages/v16/validate.ts';
import { callError } from '../../rpc/error-codes.ts';
import type { CallFrame } from '../../rpc/frame.ts';
import { messageId } from '../../rpc/message-id.ts';
import {
  type CallOutcome,
  type RpcInput,
  rpcMachine,
  type RpcNotice,
  type RpcState,
} from '../../rpc/rpc-machine.ts';
import type { Manager } from './manager.ts';

/** The station's end of a socket, as the server holds it. */
export interface StationSocket {
  send(text: string): void;
  close(code: number, reason: string): void;
}

/** What became of a command to a station. */
export type CommandOutcome<A extends CsmsAction> =
  | { readonly kind: 'answer'; readonly answer: CsmsToStation[A]['response'] }
  | { readonly kind: 'error'; readonly code: string; readonly description: string }
  | { readonly kind: 'offline' | 'timeout' };

export interface Connection {
  text(text: string): void;
  closed(): void;
}

export interface GatewayOptions {
  readonly manager: Manager;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  /** Each frame as it passes. */
  frame?(station: string, direction: 'in' | 'out', text: string): void;
  changed?(station: string, connected: boolean): void;
}

/** Holds the sockets of the stations; all that it knows is lost with them. */
export interface Gateway {
  accept(station: string, socket: StationSocket): Connection;
  command<A extends CsmsAction>(
    station: string,
    action: A,
    payload: CsmsToStation[A]['request'],
    timeout: Duration,
  ): Promise<CommandOutcome<A>>;
  isConnected(station: string): boolean;
  stop(reason: string): void;
}

interface Held {
  readonly socket: StationSocket;
  readonly rpc: RunningMachine<RpcState, RpcInput>;
  readonly waiting: Map<string, (outcome: CallOutcome) => void>;
}

export function createGateway(options: GatewayOptions): Gateway {
  const { manager, clock, random, log } = options;
  const stations = new Map<string, Held>();

  function onNotice(station: string, notice: RpcNotice): void {
    log.warn('csms.notice', { station, ...notice });
  }

  async function work(station: string, held: Held, call: CallFrame): Promise<void> {
    try {
      const response = await manager.handle(station, call, clock.now());
      held.rpc.feed({ on: 'respond', id: call.id, response });
    } catch (error) {
      log.error('csms.failed', { station, action: call.action, error: String(error) });
      const response = { error: callError('InternalError', 'could not be stored') };
      held.rpc.feed({ on: 'respond', id: call.id, response });
    }
  }

  function accept(station: string, socket: StationSocket): Connection {
    const waiting = new Map<string, (outcome: CallOutcome) => void>();
    // CALLs of one station are worked on in the order of their arrival.
    let turn: Promise<void> = Promise.resolve();
    const rpc = runMachine(rpcMachine(), {
      clock,
      failed: (error, during) => log.error('csms.bug', { station, during, error: String(error) }),
      perform(effect) {
        switch (effect.do) {
          case 'write':
            options.frame?.(station, 'out', effect.text);
            socket.send(effect.text);
            return;
          case 'incoming':
            turn = turn.then(() => work(station, held, effect.call));
            return;
          case 'outcome':
            waiting.get(effect.id)?.(effect.outcome);
            waiting.delete(effect.id);
            return;
          case 'notice':
            onNotice(station, effect.notice);
        }
      },
    });
    const held: Held = { socket, rpc, waiting };

    function closed(): void {
      rpc.feed({ on: 'closed' });
      rpc.stop();
      if (stations.get(station) !== held) return;
      stations.delete(station);
      options.changed?.(station, false);
    }

    const older = stations.get(station);
    stations.set(station, held);
    rpc.feed({ on: 'opened' });
    if (older) {
      older.rpc.feed({ on: 'closed' });
      older.rpc.stop();
      older.socket.close(1000, 'the station has connected again');
    }
    options.changed?.(station, true);
    return {
      text(text) {
        options.frame?.(station, 'in', text);
        rpc.feed({ on: 'text', text });
      },
      closed,
    };
  }

  return {
    accept,
    isConnected: (station) => stations.has(station),
    async command(station, action, payload, timeout) {
      const held = stations.get(station);
      if (!held) return { kind: 'offline' };
      const id = messageId(random);
      const outcome = await new Promise<CallOutcome>((resolve) => {
        held.waiting.set(id, resolve);
        const call = { id, action, payload: JSON.stringify(payload), timeout };
        held.rpc.feed({ on: 'call', call });
      });
      switch (outcome.kind) {
        case 'result': {
          const checked = checkResponse(action, outcome.payload);
          return checked.ok
            ? { kind: 'answer', answer: checked.value as CsmsToStation[typeof action]['response'] }
            : { kind: 'error', ...checked.error };
        }
        case 'error':
          return { kind: 'error', ...outcome.error };
        case 'timeout':
          return { kind: 'timeout' };
        case 'disconnected':
          return { kind: 'offline' };
        case 'refused':
          return { kind: 'error', code: 'GenericError', description: outcome.reason };
      }
    },
    stop(reason) {
      for (const { rpc, socket } of stations.values()) {
        rpc.feed({ on: 'closed' });
        rpc.stop();
        socket.close(1001, reason);
      }
      stations.clear();
    },
  };
}
