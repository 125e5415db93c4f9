import type { Duration } from '@kerbside/kernel';
import { C_sequ_retry, type PilotTimerName, pilotTimers } from '../pilot-timers.ts';
import type { EvseConfig } from '../ports.ts';

export const timerOf = (config: EvseConfig, name: PilotTimerName): Duration =>
  config.timers?.[name] ?? pilotTimers[name].value;

/** Tries of matching after the first; the fast path has none. */
export const retriesOf = (config: EvseConfig): number =>
  config.fastFallback ? 0 : (config.sequenceRetries ?? C_sequ_retry.value);
