import type { SlacAttempt } from '@kerbside/contracts';

export declare const CLAIM_CODE: string;

export interface MockEvse {
  readonly state: string;
  token: string | undefined;
  plugIn(vehicle: {
    action: 'plug-in';
    kind: 'basic' | 'iso2-ac' | 'iso2-dc';
    batteryWh: number;
    soc: number;
    internet: boolean;
    energyWh?: number;
  }): void;
  unplug(): void;
  inject(fault: string, active: boolean): void;
}

export interface MockUnit {
  addAccount(name: string, role: string, password: string): void;
  evse(id: number): MockEvse;
  advance(ms: number): void;
  /** Parts of the health that are not well. */
  problems: Record<string, { status: string; reason?: string; detail?: string; since?: string }>;
  publishHealth(): void;
  ocpp: Record<string, unknown>;
  sessions: unknown[];
  slacAttempts: SlacAttempt[];
  addSlacAttempt(attempt: SlacAttempt): void;
  readonly logins: Map<string, unknown>;
  publish(key: string, id: number | undefined, data: unknown): void;
}

export interface MockStream {
  /** Connections refused while cut off. */
  readonly refused: number;
  /** True: connections stay open and say nothing. */
  silent: boolean;
  /** Ends all connections and refuses new ones, of the API too. */
  cut(): void;
  restore(): void;
  /** Drops the next number of a topic and announces it. */
  gap(topic: string): void;
}

export interface MockServer {
  readonly url: string;
  readonly unit: MockUnit;
  readonly stream: MockStream;
  close(): Promise<void>;
}

export declare function startMockServer(options?: {
  port?: number;
  /** How much faster than the wall clock the unit lives. */
  speed?: number;
  owner?: { name: string; password: string };
  history?: boolean;
  /** The unit's clock begins so long ago; `advance` brings it to now. */
  minutesAgo?: number;
}): Promise<MockServer>;
