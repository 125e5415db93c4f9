import { Secret } from '@kerbside/kernel';
import type { Sendable } from './catalogue.ts';

/** Messages that may carry key material, also where it is cut off or behind the last field. */
const keyed = /^(CM_[SG]ET_KEY\.|CM_SLAC_MATCH\.CNF|VS_(WR|RD)_MOD\.|VS_MODULE_OPERATION\.)/;
/** Contents of a modem's memory: its own keys are among them. */
const MEMORY = 'DATA';

/** Whether the frame may carry key material. */
export const mayHoldKeys = ({ name }: Sendable): boolean => keyed.test(name);

/** The frame with every byte that may be of a key replaced by zero: for traces, reports and captures. */
export function withoutKeys<F extends Sendable>(frame: F): F {
  if (!mayHoldKeys(frame)) return frame;
  const zeros = (name: string, value: unknown): unknown => {
    if (value instanceof Secret) return new Secret(new Uint8Array(16));
    const hides = name === MEMORY || name === 'trailing';
    return hides && typeof value === 'string' ? value.replaceAll(/[0-9a-fA-F]/g, '0') : value;
  };
  return Object.fromEntries(
    Object.entries(frame).map(([name, value]: [string, unknown]) => [name, zeros(name, value)]),
  ) as F;
}
