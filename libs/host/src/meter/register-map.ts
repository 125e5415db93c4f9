/** How one value lies in the meter's registers. Multi-register values are big-endian, high word first. */
export interface MeterRegister {
  readonly address: number;
  readonly type: 'u16' | 'i16' | 'u32' | 'i32' | 'u64' | 'f32';
  /** The raw value times `scale` is watt-hours, watts, volts or amps. */
  readonly scale: number;
}

/** Where a meter keeps what Kerbside reads. */
export interface MeterMap {
  readonly table: 'holding' | 'input';
  readonly energy: MeterRegister;
  readonly power: MeterRegister;
  readonly voltage: readonly MeterRegister[];
  readonly current: readonly MeterRegister[];
}

/**
 * The map of the rig's meter, and the default: input registers; 0-3 import energy u64 in 0.1 Wh,
 * 4-5 power i32 in W, 6-11 voltages of L1 to L3 as u32 in 0.1 V, 12-17 currents as i32 in mA.
 */
export const defaultMeterMap: MeterMap = {
  table: 'input',
  energy: { address: 0, type: 'u64', scale: 0.1 },
  power: { address: 4, type: 'i32', scale: 1 },
  voltage: [6, 8, 10].map((address) => ({ address, type: 'u32', scale: 0.1 })),
  current: [12, 14, 16].map((address) => ({ address, type: 'i32', scale: 0.001 })),
};

const lengths = { u16: 1, i16: 1, u32: 2, i32: 2, u64: 4, f32: 2 } as const;

/** First register and number of registers that hold the whole map. */
export function registerSpan(map: MeterMap): { readonly first: number; readonly count: number } {
  const all = [map.energy, map.power, ...map.voltage, ...map.current];
  const first = Math.min(...all.map((register) => register.address));
  const end = Math.max(...all.map((register) => register.address + lengths[register.type]));
  return { first, count: end - first };
}

/** One value out of the registers that were read from `first` on. */
export function readRegister(
  register: MeterRegister,
  bytes: Uint8Array,
  first: number,
): number | undefined {
  const at = (register.address - first) * 2;
  if (at < 0 || at + lengths[register.type] * 2 > bytes.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const raw = {
    u16: () => view.getUint16(at),
    i16: () => view.getInt16(at),
    u32: () => view.getUint32(at),
    i32: () => view.getInt32(at),
    u64: () => Number(view.getBigUint64(at)),
    f32: () => view.getFloat32(at),
  }[register.type]();
  // Scales such as 0.1 are not exact in binary: cut the noise behind a millionth.
  const value = Math.round(raw * register.scale * 1e6) / 1e6;
  return Number.isFinite(value) ? value : undefined;
}
