import {
  WireError,
  runMachine,
  type Cancel,
  type Clock,
  type Logger,
  type PortEffect,
} from '@kerbside/kernel';
import { nameOf, type Iso2Response } from '../iso2/body.ts';
import { readIso2, writeIso2 } from '../iso2/codec.ts';
import { decodeSap, encodeSap } from '../messages/sap/codec.ts';
import type { V2gConnection } from '../ports.ts';
import { V2gtpFramer } from '../v2gtp/framer.ts';
import { encodeV2gtp } from '../v2gtp/header.ts';
import type { CarOrder, EvccEffect, EvccPhase, EvccReport } from './inputs.ts';
import { evccMachine } from './machine.ts';
import { misbehaviourBytes } from './misbehave.ts';
import type { EvccConfig, VehicleView } from './vehicle.ts';

/** The rest of the car, as the EVCC sees it. */
export interface CarSide {
  view(): VehicleView;
  order(order: CarOrder): void;
}

export interface EvccOptions {
  readonly config: EvccConfig;
  readonly car: CarSide;
  readonly ports: { readonly clock: Clock; readonly log: Logger };
  readonly transport: V2gConnection;
  report(report: EvccReport): void;
}

/** The car's side of one V2G session. */
export interface Evcc {
  readonly phase: EvccPhase;
  /** The connection stands: sends the first request. */
  start(): void;
  onBytes(bytes: Uint8Array): void;
  onClosed(reason: string): void;
  /** Ends the charge in good order. */
  stop(reason: string): void;
  /** The same with a pause of the session. */
  pause(reason: string): void;
}

/** Runs one session of a simulated car over a connection. */
export function createEvcc(options: EvccOptions): Evcc {
  const { config, car, ports, transport, report } = options;
  const framer = new V2gtpFramer();
  let cancelRest: Cancel = () => {};

  const sent = (name: string) => report({ report: 'message', direction: 'out', name });

  function perform(effect: PortEffect<EvccEffect>): void {
    switch (effect.do) {
      case 'send-app-protocol':
        transport.send(
          encodeV2gtp('exi', encodeSap({ element: 'supportedAppProtocolReq', value: effect.req })),
        );
        return sent('supportedAppProtocolReq');
      case 'send':
        transport.send(encodeV2gtp('exi', writeIso2(effect.sessionId, effect.request)));
        return sent(nameOf(effect.request));
      case 'misbehave': {
        ports.log.info('evcc.misbehaves', { kind: effect.kind, at: effect.name });
        if (effect.kind === 'abrupt-close') return transport.close();
        const bytes = misbehaviourBytes(effect);
        if (bytes) transport.send(bytes);
        return undefined;
      }
      case 'car':
        return car.order(effect.order);
      case 'report':
        return report(effect.report);
      case 'rest':
        cancelRest();
        cancelRest = ports.clock.arm(effect.after, () =>
          machine.feed({ on: 'due', car: car.view() }),
        );
        return undefined;
      case 'disconnect':
        cancelRest();
        return transport.close();
    }
  }

  const machine = runMachine(evccMachine(config), {
    clock: ports.clock,
    perform,
    failed: (error, during) => ports.log.error('evcc.failed', { during, error: String(error) }),
  });

  function onPayload(payload: Uint8Array): void {
    if (machine.state.awaiting === 'supportedAppProtocolReq') {
      const message = decodeSap(payload);
      if (message.element !== 'supportedAppProtocolRes')
        return machine.feed({ on: 'unusable', reason: 'no supportedAppProtocolRes' });
      const res = message.value;
      return machine.feed({ on: 'app-protocol', res, car: car.view() });
    }
    const { sessionId, name, body } = readIso2(payload);
    if (!name?.endsWith('Res')) return machine.feed({ on: 'unusable', reason: 'no response' });
    const response = body as Iso2Response;
    return machine.feed({ on: 'response', sessionId, response, car: car.view() });
  }

  return {
    get phase() {
      return machine.state.phase;
    },
    start: () => machine.feed({ on: 'connected', car: car.view() }),
    onBytes(bytes) {
      framer.push(bytes);
      try {
        for (let message = framer.next(); message; message = framer.next())
          onPayload(message.payload);
      } catch (error) {
        if (!(error instanceof WireError)) throw error;
        machine.feed({ on: 'unusable', reason: `malformed message: ${error.message}` });
      }
    },
    onClosed: (reason) => {
      machine.feed({ on: 'peer-closed', reason: `the connection is gone: ${reason}` });
      cancelRest();
      machine.stop();
    },
    stop: (reason) => machine.feed({ on: 'stop', reason, car: car.view() }),
    pause: (reason) => machine.feed({ on: 'stop', reason, pause: true, car: car.view() }),
  };
}
