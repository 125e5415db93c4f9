import type { CsmsStart, CsmsStore, CsmsToken } from '../csms/ports.ts';
import type { BootNotificationRequest } from '../messages/v16/boot-notification.ts';
import type { MeterValuesRequest } from '../messages/v16/meter-values.ts';
import type { StatusNotificationRequest } from '../messages/v16/status-notification.ts';
import type { StopTransactionRequest } from '../messages/v16/stop-transaction.ts';

/** A CSMS's disk in memory; `effects` names each change that a transaction message made, in order. */
export class MemoryCsmsStore implements CsmsStore {
  readonly effects: string[] = [];
  readonly statuses: { station: string; request: StatusNotificationRequest }[] = [];
  readonly boots: BootNotificationRequest[] = [];
  readonly starts: (CsmsStart & { id: number; stop?: StopTransactionRequest })[] = [];
  readonly tokens = new Map<string, CsmsToken>();
  readonly #meters = new Set<string>();
  /** A test's hook before each commit. */
  beforeCommit: (what: string) => void = () => {};

  async boot(_: string, request: BootNotificationRequest): Promise<void> {
    this.boots.push(request);
  }
  async hasBooted(): Promise<boolean> {
    return this.boots.length > 0;
  }
  async status(station: string, request: StatusNotificationRequest): Promise<void> {
    this.statuses.push({ station, request });
  }
  async token(idTag: string): Promise<CsmsToken | undefined> {
    return this.tokens.get(idTag.toUpperCase());
  }

  async start(start: CsmsStart): Promise<number> {
    this.beforeCommit('start');
    const key = (each: CsmsStart) => JSON.stringify([each.station, each.request]);
    const known = this.starts.find((each) => key(each) === key(start));
    if (known) return known.id;
    const id = 1000 + this.starts.length;
    this.starts.push({ ...start, id });
    const { connectorId, timestamp } = start.request;
    this.effects.push(`start ${connectorId} ${timestamp}`);
    return id;
  }

  async stop(_: string, request: StopTransactionRequest) {
    this.beforeCommit('stop');
    const known = this.starts.find(({ id }) => id === request.transactionId);
    if (!known) {
      this.effects.push(`stop of unknown ${request.transactionId}`);
      return 'unknown' as const;
    }
    if (known.stop) return 'repeated' as const;
    known.stop = request;
    this.effects.push(`stop ${known.request.connectorId} ${request.timestamp}`);
    return 'stopped' as const;
  }

  async meterValues(station: string, request: MeterValuesRequest): Promise<void> {
    this.beforeCommit('meter');
    for (const value of request.meterValue) {
      const key = JSON.stringify([station, request.connectorId, request.transactionId, value]);
      if (this.#meters.has(key)) continue;
      this.#meters.add(key);
      this.effects.push(`meter ${request.connectorId} ${value.timestamp}`);
    }
  }
}
