import type { LinkAttempt, LinkState } from '../../link/link-machine.ts';
import type { Registration } from './station-state.ts';
import type { StationSettings } from './station-settings.ts';

/** How it stands between us and the CSMS, for people. Times are wall time, milliseconds since 1970. */
export interface StationStatus {
  readonly version: '1.6';
  readonly url: string;
  readonly identity: string;
  readonly phase:
    'off' | 'connecting' | 'booting' | 'pending' | 'rejected' | 'accepted' | 'waiting';
  readonly since: number;
  readonly reason: string | undefined;
  readonly nextRetry: number | undefined;
  /** Seconds. */
  readonly heartbeatInterval: number;
  readonly queueLength: number;
  readonly attempts: readonly LinkAttempt[];
}

function phaseOf(link: LinkState, registration: Registration): StationStatus['phase'] {
  if (link.at !== 'open') return link.at;
  return registration === 'none' ? 'booting' : registration;
}

export function stationStatus(from: {
  readonly settings: StationSettings;
  readonly link: LinkState;
  readonly registration: Registration;
  readonly since: number;
  readonly heartbeatInterval: number;
  readonly queueLength: number;
}): StationStatus {
  const { settings, link, registration } = from;
  return {
    version: '1.6',
    url: settings.url,
    identity: settings.identity,
    phase: phaseOf(link, registration),
    since: from.since,
    reason: link.reason || undefined,
    nextRetry: link.nextRetryAt,
    heartbeatInterval: from.heartbeatInterval,
    queueLength: from.queueLength,
    attempts: link.attempts,
  };
}
