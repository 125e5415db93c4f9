import { PortError } from '@kerbside/kernel';
import modbus from 'modbus-serial';
import type { Plant } from '../model/plant.ts';

const REGISTERS = 18;
const U32 = 0x1_0000_0000;

/**
 * The registers of the meter, as `docs/board-integration.md` has them: energy u64 in 0.1 Wh, power
 * i32 in W, three voltages u32 in 0.1 V, three currents i32 in mA.
 */
export function meterRegisters(plant: Plant): readonly number[] {
  const words: number[] = [];
  const push32 = (value: number): void => {
    const unsigned = ((Math.round(value) % U32) + U32) % U32;
    words.push(Math.floor(unsigned / 0x1_0000), unsigned % 0x1_0000);
  };
  // Ten watt-hours are 36,000 watt-seconds; cut, not rounded, so that the register never goes ahead.
  const tenths = Math.floor(plant.energyWs / 360 + 1e-6);
  push32(Math.floor(tenths / U32));
  push32(tenths % U32);
  push32(plant.power);
  for (let index = 0; index < 3; index++) push32((plant.flow.voltage[index] ?? 0) * 10);
  for (let index = 0; index < 3; index++) push32((plant.flow.current[index] ?? 0) * 1000);
  return words;
}

export interface MeterServer {
  readonly port: number;
  close(): Promise<void>;
}

/** A Modbus TCP meter on 127.0.0.1 that reads the plant; while silent it answers nobody. */
export async function serveMeter(options: {
  readonly port: number;
  readonly plant: Plant;
}): Promise<MeterServer> {
  const { plant } = options;
  type Values = (error: Error | null, values: number[]) => void;
  const read = (address: number, length: number, _unit: number, done: Values): void => {
    if (plant.faults.has('meter-silent')) return;
    if (address < 0 || address + length > REGISTERS) {
      done(Object.assign(new Error('no such register'), { modbusErrorCode: 2 }), []);
      return;
    }
    done(null, meterRegisters(plant).slice(address, address + length));
  };
  const one = (address: number, unit: number, done: (e: Error | null, v: number) => void): void =>
    read(address, 1, unit, (error, values) => done(error, values[0] ?? 0));
  const server = new modbus.ServerTCP(
    {
      getMultipleInputRegisters: read,
      getMultipleHoldingRegisters: read,
      getInputRegister: one,
      getHoldingRegister: one,
    },
    { host: '127.0.0.1', port: options.port, unitID: 1 },
  );
  server.on('socketError', () => {});
  await new Promise<void>((resolve, reject) => {
    server.on('initialized', () => resolve());
    server.on('serverError', (cause) =>
      reject(new PortError('meter.listen', `cannot serve port ${options.port}`, { cause })),
    );
  });
  return {
    port: options.port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
