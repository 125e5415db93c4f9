import { Secret } from '@kerbside/kernel';
import type { Sendable } from './catalogue.ts';

/** Whether the frame carries key material. */
export const hasKeys = (frame: Sendable): boolean =>
  Object.values(frame).some((value: unknown) => value instanceof Secret);

/** The frame with every key replaced by zeros: for traces, reports and captures. */
export function withoutKeys<F extends Sendable>(frame: F): F {
  return Object.fromEntries(
    Object.entries(frame).map(([name, value]: [string, unknown]) => [
      name,
      value instanceof Secret ? new Secret(new Uint8Array(16)) : value,
    ]),
  ) as F;
}
