import type { EvseState, Health, OcppStatus } from '@kerbside/contracts';
import type { Tone } from '@kerbside/ui';

export const healthTone = (status: Health['parts'][number]['status']): Tone =>
  (({ ok: 'ok', degraded: 'warn', failed: 'bad', off: 'idle' }) as const)[status];

export const phaseTone = (phase: OcppStatus['phase']): Tone =>
  (
    ({
      off: 'idle',
      connecting: 'info',
      booting: 'info',
      pending: 'warn',
      rejected: 'bad',
      accepted: 'ok',
      waiting: 'warn',
    }) as const
  )[phase];

const stateTones: Readonly<Record<EvseState, Tone>> = {
  Available: 'idle',
  Preparing: 'info',
  Authorizing: 'info',
  Matching: 'info',
  Communicating: 'info',
  Ready: 'info',
  Charging: 'ok',
  SuspendedEV: 'warn',
  SuspendedEVSE: 'warn',
  Stopping: 'info',
  Finishing: 'idle',
  Faulted: 'bad',
  Unavailable: 'warn',
};
export const stateTone = (state: EvseState): Tone => stateTones[state];
