import {
  benchReplies,
  type BenchReply,
  type BenchRequest,
  benchRequests,
  type RigState,
} from '@kerbside/charging';
import { type Cancel, type Clock, type Logger, PortError, seconds } from '@kerbside/kernel';
import { type LineAddress, openJsonLineClient } from './json-line-client.ts';

type WithoutId<R> = R extends BenchRequest ? Omit<R, 'id'> : never;

/** What the bench panel does with the rig. */
export interface BenchLink {
  /** Resolves when the rig did it; rejects with a PortError whose `code` is the rig's. */
  request(request: WithoutId<BenchRequest>): Promise<void>;
  states(): Promise<readonly RigState[]>;
  onState(listener: (state: RigState) => void): void;
  readonly connected: boolean;
  close(): void;
}

interface Waiting {
  resolve(reply: BenchReply): void;
  reject(error: PortError): void;
  readonly cancel: Cancel;
}

/** Connects to the rig's `bench.sock`, and again whenever it goes away. */
export function openBenchLink(options: {
  readonly address: LineAddress;
  readonly clock: Clock;
  readonly log: Logger;
}): BenchLink {
  const waiting = new Map<number, Waiting>();
  const listeners: ((state: RigState) => void)[] = [];
  let nextId = 1;

  const client = openJsonLineClient<BenchReply, BenchRequest>({
    address: options.address,
    incoming: benchReplies,
    outgoing: benchRequests,
    clock: options.clock,
    up: () => void client.send({ do: 'subscribe', id: 0 }),
    down(reason) {
      for (const id of waiting.keys()) fail(id, 'rig.gone', `the rig is gone: ${reason}`);
    },
    message(reply) {
      if (reply.reply === 'changed') {
        for (const listener of listeners) listener(reply.state);
        return;
      }
      if (reply.id === undefined) return;
      if (reply.reply === 'refused') fail(reply.id, reply.code, reply.text);
      else settle(reply.id)?.resolve(reply);
    },
    badLine: ({ code, offset, path }) =>
      options.log.warn('bench.bad-line', { code, offset, ...(path === undefined ? {} : { path }) }),
  });

  function settle(id: number): Waiting | undefined {
    const entry = waiting.get(id);
    waiting.delete(id);
    entry?.cancel();
    return entry;
  }
  const fail = (id: number, code: string, text: string): void =>
    settle(id)?.reject(new PortError(code, text));

  function ask(request: WithoutId<BenchRequest>): Promise<BenchReply> {
    const id = nextId++;
    return new Promise((resolve, reject) => {
      const cancel = options.clock.arm(seconds(5), () =>
        fail(id, 'rig.silent', 'the rig does not answer'),
      );
      waiting.set(id, { resolve, reject, cancel });
      if (!client.send({ ...request, id } as BenchRequest))
        fail(id, 'rig.gone', 'the rig is not connected');
    });
  }

  return {
    async request(request) {
      await ask(request);
    },
    async states() {
      const reply = await ask({ do: 'state' });
      return reply.reply === 'state' ? reply.states : [];
    },
    onState: (listener) => void listeners.push(listener),
    get connected() {
      return client.connected;
    },
    close: () => client.close(),
  };
}
