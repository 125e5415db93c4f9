import {
  WireError,
  runMachine,
  type Clock,
  type Logger,
  type PortEffect,
  type Random,
} from '@kerbside/kernel';
import { isRequestName, type Iso2Request } from '../iso2/body.ts';
import { readIso2, writeIso2, type Iso2Message } from '../iso2/codec.ts';
import { decodeSap, encodeSap } from '../messages/sap/codec.ts';
import type { EvseSide, V2gConnection } from '../ports.ts';
import { V2gtpFramer } from '../v2gtp/framer.ts';
import { encodeV2gtp } from '../v2gtp/header.ts';
import type { SeccConfig } from './config.ts';
import type { SeccEffect } from './inputs.ts';
import { seccMachine } from './machine.ts';
import type { PausedSession } from './paused-session.ts';
import { MAX_REPORTED_BYTES, type SeccReport } from './report.ts';
import type { SeccStateName } from './session.ts';

export interface SeccPorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
}

export interface SeccOptions {
  readonly config: SeccConfig;
  readonly side: EvseSide;
  readonly ports: SeccPorts;
  readonly transport: V2gConnection;
  /** A session of before that the car may join. */
  readonly paused?: PausedSession | undefined;
  /** The car paused its session: to be kept for the next connection. */
  keep?(session: PausedSession): void;
  report(report: SeccReport): void;
}

/** One V2G session on one connection. */
export interface Secc {
  readonly state: SeccStateName;
  onBytes(bytes: Uint8Array): void;
  onClosed(reason: string): void;
  /** Ends the session from the EVSE's side; the car sees the connection close. */
  close(reason: string): void;
}

/** Requests that a car may send in one go before it has an answer; ISO 15118-2 allows one. */
const MAX_QUEUED_MESSAGES = 4;

/** Serves one car on one connection; answers are sent before `onBytes` returns, PowerDelivery start excepted. */
export function createSecc(options: SeccOptions): Secc {
  const { config, side, ports, transport } = options;
  const { clock, log } = ports;
  const framer = new V2gtpFramer();
  const last = { in: '', out: '' };
  let receivedAt = clock.monotonic();

  const report = (entry: SeccReport) => {
    try {
      options.report(entry);
    } catch (error) {
      log.error('v2g.report-failed', { error: String(error) });
    }
  };

  function reportMessage(
    direction: 'in' | 'out',
    name: string,
    raw: Uint8Array,
    more: { responseCode?: string; tookMs?: number } = {},
  ): void {
    // Thinning may drop what repeats, never a refusal.
    const loop = last[direction] === name && !more.responseCode?.toUpperCase().startsWith('FAILED');
    last[direction] = name;
    report({
      report: 'message',
      direction,
      name,
      raw: raw.subarray(0, MAX_REPORTED_BYTES),
      loop,
      ...more,
    });
  }

  function send(name: string, responseCode: string, exi: Uint8Array): void {
    transport.send(encodeV2gtp('exi', exi));
    const tookMs = clock.monotonic() - receivedAt;
    reportMessage('out', name, exi, { responseCode, tookMs });
  }

  function perform(effect: PortEffect<SeccEffect>): void {
    switch (effect.do) {
      case 'send-app-protocol':
        return send(
          'supportedAppProtocolRes',
          effect.res.ResponseCode,
          encodeSap({ element: 'supportedAppProtocolRes', value: effect.res }),
        );
      case 'send': {
        const { response } = effect;
        const [name] = Object.keys(response) as [keyof typeof response];
        const { ResponseCode } = response[name] as { ResponseCode: string };
        return send(name, ResponseCode, writeIso2(machine.state.session.id, response));
      }
      case 'tell':
        return side.request(effect.request);
      case 'report':
        return report(effect.report);
      case 'keep':
        return options.keep?.(effect.session);
      case 'disconnect':
        return transport.close();
    }
  }

  const machine = runMachine(seccMachine(config, ports.random.bytes(8), options.paused), {
    clock,
    perform,
    ask: async () => {
      const result = await side.powerOn();
      return { result, facts: side.view() };
    },
    changed(state, previous) {
      if (state.at !== previous.at)
        report({ report: 'state', state: state.at, previous: previous.at });
    },
    failed(error, during) {
      log.error('v2g.internal-error', { during, error: String(error) });
      // A response that cannot be sent leaves the car waiting: better an end that it notices.
      if (during === 'step' || during.startsWith('send'))
        machine.feed({ on: 'unanswerable', reason: 'internal error' });
    },
  });
  machine.feed({ on: 'opened' });

  function malformed(error: WireError, raw: Uint8Array): void {
    const { code, reason, offset } = error;
    report({ report: 'malformed', code, reason, offset, raw: raw.slice(0, MAX_REPORTED_BYTES) });
    machine.feed({ on: 'unanswerable', reason: `malformed message: ${code}` });
  }

  function onIso2(message: Iso2Message, raw: Uint8Array): void {
    const { sessionId, name, body } = message;
    reportMessage('in', name ?? 'empty body', raw);
    if (name === undefined || !isRequestName(name)) {
      machine.feed({ on: 'unanswerable', reason: `${name ?? 'an empty body'} is no request` });
      return;
    }
    const request = body as Iso2Request;
    machine.feed({ on: 'request', sessionId, request, facts: side.view() });
  }

  function onPayload(payload: Uint8Array): void {
    if (machine.state.at === 'app-protocol') {
      const message = decodeSap(payload);
      if (message.element === 'supportedAppProtocolReq') {
        reportMessage('in', 'supportedAppProtocolReq', payload);
        machine.feed({ on: 'app-protocol', req: message.value });
      } else {
        reportMessage('in', 'supportedAppProtocolRes', payload);
        machine.feed({ on: 'unanswerable', reason: 'supportedAppProtocolRes is no request' });
      }
    } else onIso2(readIso2(payload), payload);
  }

  return {
    get state() {
      return machine.state.at;
    },
    onBytes(bytes) {
      framer.push(bytes);
      receivedAt = clock.monotonic();
      for (let count = 0; machine.state.at !== 'ended'; count++) {
        let raw = bytes;
        try {
          const message = framer.next();
          if (!message) return;
          raw = message.payload;
          if (message.type !== 'exi')
            throw new WireError('v2gtp.type', 'a discovery message on a session', { offset: 2 });
          if (count >= MAX_QUEUED_MESSAGES)
            throw new WireError('v2gtp.flood', 'more requests than answers', { offset: 0 });
          onPayload(raw);
        } catch (error) {
          if (!(error instanceof WireError)) throw error;
          malformed(error, raw);
        }
      }
    },
    onClosed(reason) {
      machine.feed({ on: 'peer-closed', reason });
      machine.stop();
    },
    close(reason) {
      machine.feed({ on: 'close', reason });
    },
  };
}
