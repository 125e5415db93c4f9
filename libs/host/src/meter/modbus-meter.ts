import type { Meter, MeterReading } from '@kerbside/charging';
import {
  amps,
  type Cancel,
  type Clock,
  type Duration,
  type Logger,
  PortError,
  seconds,
  volts,
  wattHours,
  watts,
} from '@kerbside/kernel';
import modbus from 'modbus-serial';
import { defaultMeterMap, type MeterMap, readRegister, registerSpan } from './register-map.ts';

export interface ModbusMeterOptions {
  readonly host: string;
  readonly port: number;
  /** Modbus unit id. */
  readonly unit?: number;
  readonly map?: MeterMap;
  /** DC meters and single-phase meters show one voltage and current. */
  readonly conductors?: 1 | 3;
  readonly pollEvery?: Duration;
  /** A meter that needs longer counts as silent. */
  readonly timeout?: Duration;
  readonly clock: Clock;
  readonly log: Logger;
}

type ModbusClient = InstanceType<typeof modbus.default>;

/** A meter on Modbus TCP: read every second, at once when asked, connected again whenever it fails. */
export function openModbusMeter(options: ModbusMeterOptions): Meter & { close(): void } {
  const { clock, log } = options;
  const map = options.map ?? defaultMeterMap;
  const conductors = options.conductors ?? 3;
  const timeout = options.timeout ?? seconds(1);
  const span = registerSpan(map);
  const onReading: ((reading: MeterReading) => void)[] = [];
  const onFailure: ((reason: string) => void)[] = [];
  let client: ModbusClient | undefined;
  let current: Promise<MeterReading> | undefined;
  let cancelPoll: Cancel | undefined;
  let closed = false;
  let failing = false;

  async function connected(): Promise<ModbusClient> {
    if (client?.isOpen) return client;
    const fresh = new modbus.default();
    client = fresh;
    // A socket error after the connection is reported by the next read.
    fresh.on('error', () => {});
    fresh.setTimeout(timeout);
    await fresh.connectTCP(options.host, { port: options.port, timeout });
    fresh.setID(options.unit ?? 1);
    return fresh;
  }

  function drop(): void {
    const old = client;
    client = undefined;
    old?.destroy(() => {});
  }

  async function readNow(): Promise<MeterReading> {
    const meter = await connected();
    const answer =
      map.table === 'input'
        ? await meter.readInputRegisters(span.first, span.count)
        : await meter.readHoldingRegisters(span.first, span.count);
    const at = clock.now();
    const value = (register: MeterMap['energy']): number => {
      const read = readRegister(register, answer.buffer, span.first);
      if (read === undefined)
        throw new PortError('meter.short', `register ${register.address} is not in the answer`);
      return read;
    };
    return {
      at,
      energy: wattHours(value(map.energy)),
      power: watts(value(map.power)),
      voltage: map.voltage.slice(0, conductors).map((register) => volts(value(register))),
      current: map.current.slice(0, conductors).map((register) => amps(value(register))),
    };
  }

  /** The library's own time-out starts only when it sends: this one covers the connection too. */
  function within<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const cancel = clock.arm(timeout, () =>
        reject(new PortError('meter.timeout', `no answer within ${timeout} ms`)),
      );
      work.then(
        (value) => {
          cancel();
          resolve(value);
        },
        (error: unknown) => {
          cancel();
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      );
    });
  }

  async function attempt(): Promise<MeterReading> {
    try {
      const reading = await within(readNow());
      if (failing) log.info('meter.answers', {});
      failing = false;
      for (const listener of onReading) listener(reading);
      return reading;
    } catch (cause) {
      drop();
      const reason = cause instanceof Error ? cause.message : String(cause);
      if (!failing && !closed) log.warn('meter.failed', { reason });
      failing = true;
      if (!closed) for (const listener of onFailure) listener(reason);
      throw new PortError('meter.failed', `the meter does not answer: ${reason}`, { cause });
    }
  }

  /** A read under way began before it was asked for, so that its value may be too old: read after it. */
  function read(): Promise<MeterReading> {
    const before = current;
    const next = before
      ? before.then(
          () => attempt(),
          () => attempt(),
        )
      : attempt();
    current = next;
    const forget = (): void => {
      if (current === next) current = undefined;
    };
    next.then(forget, forget);
    return next;
  }

  function poll(): void {
    if (closed) return;
    const again = (): void => {
      if (!closed) cancelPoll = clock.arm(options.pollEvery ?? seconds(1), poll);
    };
    if (current) again();
    else read().then(again, again);
  }
  // After the caller had its turn to listen.
  cancelPoll = clock.arm(0 as Duration, poll);

  return {
    onReading: (listener) => void onReading.push(listener),
    onFailure: (listener) => void onFailure.push(listener),
    read,
    close() {
      closed = true;
      cancelPoll?.();
      drop();
    },
  };
}
