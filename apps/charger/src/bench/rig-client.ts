import { connect, type Socket } from 'node:net';
import {
  benchReplies,
  type BenchReply,
  type BenchRequest,
  benchRequests,
  lineSplitter,
  type RigState,
} from '@kerbside/charging';
import { type Clock, type Logger, millis, PortError, WireError } from '@kerbside/kernel';

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
export type RigRequest = DistributiveOmit<BenchRequest, 'id'>;

interface Waiting {
  resolve(reply: BenchReply): void;
  reject(error: Error): void;
  cancel(): void;
}

const ANSWER_MS = millis(3000);
const RECONNECT_MS = millis(500);

/** The rig refused a request: wrong state, no vehicle, unknown EVSE. */
export class RigRefused extends PortError {}

/** The bench's control socket to the rig: JSON lines, reconnecting; the state of each EVSE as it changes. */
export class RigClient {
  readonly #path: string;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #waiting = new Map<number, Waiting>();
  readonly #states = new Map<number, RigState>();
  #socket: Socket | undefined;
  #nextId = 1;
  #closed = false;
  #changed: () => void = () => {};

  constructor(path: string, clock: Clock, log: Logger) {
    this.#path = path;
    this.#clock = clock;
    this.#log = log;
    this.#connect();
  }

  get connected(): boolean {
    return this.#socket !== undefined && !this.#socket.connecting;
  }

  states(): readonly RigState[] {
    return [...this.#states.values()];
  }

  onChange(listener: () => void): void {
    this.#changed = listener;
  }

  #connect(): void {
    const socket = connect(this.#path);
    const lines = lineSplitter();
    this.#socket = socket;
    socket.on('connect', () => {
      this.#ask({ do: 'subscribe' }).catch((error: unknown) =>
        this.#log.warn('bench.subscribe-failed', { error: String(error) }),
      );
    });
    socket.on('data', (chunk) => {
      for (const line of lines.push(chunk)) this.#take(line);
    });
    // the close that follows says all there is to do
    socket.on('error', () => {});
    socket.on('close', () => this.#lost());
  }

  #lost(): void {
    this.#socket = undefined;
    this.#states.clear();
    for (const waiting of this.#waiting.values()) {
      waiting.cancel();
      waiting.reject(new PortError('bench.rig-lost', 'The rig is not there.'));
    }
    this.#waiting.clear();
    this.#changed();
    if (!this.#closed) this.#clock.arm(RECONNECT_MS, () => !this.#closed && this.#connect());
  }

  #take(line: string | WireError): void {
    const reply = line instanceof WireError ? line : benchReplies.parse(line);
    if (reply instanceof WireError) {
      this.#log.warn('bench.bad-line', { code: reply.code, reason: reply.message });
      return;
    }
    if (reply.reply === 'changed') {
      this.#states.set(reply.state.evse, reply.state);
      this.#changed();
      return;
    }
    if (reply.reply === 'state') {
      for (const state of reply.states) this.#states.set(state.evse, state);
      this.#changed();
    }
    const waiting = reply.id === undefined ? undefined : this.#waiting.get(reply.id);
    if (!waiting || reply.id === undefined) return;
    this.#waiting.delete(reply.id);
    waiting.cancel();
    if (reply.reply === 'refused') waiting.reject(new RigRefused(reply.code, reply.text));
    else waiting.resolve(reply);
  }

  #ask(request: RigRequest): Promise<BenchReply> {
    const socket = this.#socket;
    if (!socket || !this.connected)
      return Promise.reject(new PortError('bench.rig-lost', 'The rig is not there.'));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const cancel = this.#clock.arm(ANSWER_MS, () => {
        this.#waiting.delete(id);
        reject(new PortError('bench.rig-silent', 'The rig does not answer.'));
      });
      this.#waiting.set(id, { resolve, reject, cancel });
      socket.write(benchRequests.write({ ...request, id } as BenchRequest));
    });
  }

  /** Rejects with `RigRefused` when the rig says no, with a `PortError` when it is not there. */
  async request(request: RigRequest): Promise<void> {
    await this.#ask(request);
  }

  close(): void {
    this.#closed = true;
    this.#socket?.destroy();
  }
}
