import {
  benchReplies,
  type BenchReply,
  type BenchRequest,
  benchRequests,
  type RigState,
} from '@kerbside/charging';
import { type JsonLinePeer, serveJsonLines } from '@kerbside/host';
import { KerbsideError, type Logger } from '@kerbside/kernel';
import type { RigEvse } from '../rig-evse.ts';

const CHANGED_EVERY_MS = 100;

export interface BenchServer {
  /** Called with each step: tells subscribers what changed, at most ten times a second per EVSE. */
  publish(nowMs: number): void;
  close(): Promise<void>;
}

interface Subscription {
  readonly told: Map<number, { line: string; at: number }>;
}

/** `bench.sock`: hands and eyes of the bench panel and of tests. */
export async function serveBench(options: {
  readonly path: string;
  readonly evses: ReadonlyMap<number, RigEvse>;
  readonly log: Logger;
}): Promise<BenchServer> {
  const { evses } = options;
  const subscribers = new Map<JsonLinePeer<BenchReply>, Subscription>();

  const server = await serveJsonLines<BenchRequest, BenchReply>({
    address: { path: options.path },
    incoming: benchRequests,
    outgoing: benchReplies,
    accept: (peer) => ({
      message: (request) => void take(peer, request),
      badLine: ({ code, message, offset }) => {
        peer.send({ reply: 'refused', code, text: message.slice(0, 300), column: offset });
      },
      closed: () => void subscribers.delete(peer),
    }),
  });

  async function take(peer: JsonLinePeer<BenchReply>, request: BenchRequest): Promise<void> {
    const { id } = request;
    if (request.do === 'state') {
      const states: RigState[] = [...evses.values()].map((evse) => evse.state());
      peer.send({ reply: 'state', id, states });
      return;
    }
    if (request.do === 'subscribe') {
      subscribers.set(peer, { told: new Map() });
      peer.send({ reply: 'ok', id });
      return;
    }
    const evse = evses.get(request.evse);
    if (!evse) {
      const text = `the rig has no EVSE ${request.evse}`;
      peer.send({ reply: 'refused', id, code: 'unknown-evse', text });
      return;
    }
    try {
      await evse.perform(request);
      peer.send({ reply: 'ok', id });
    } catch (error) {
      const code = error instanceof KerbsideError ? error.code : 'internal';
      const text = error instanceof Error ? error.message.slice(0, 300) : 'failed';
      if (!(error instanceof KerbsideError)) options.log.error('rig.bench-failed', { error });
      peer.send({ reply: 'refused', id, code, text });
    }
  }

  return {
    publish(nowMs) {
      if (subscribers.size === 0) return;
      for (const [evse, entry] of evses) {
        const state = entry.state();
        const line = JSON.stringify(state);
        for (const [peer, { told }] of subscribers) {
          const last = told.get(evse);
          if (last && (last.line === line || nowMs - last.at < CHANGED_EVERY_MS)) continue;
          told.set(evse, { line, at: nowMs });
          peer.send({ reply: 'changed', state });
        }
      }
    },
    close: () => server.close(),
  };
}
