import type { BootNotificationRequest } from '../../messages/v16/boot-notification.ts';
import type { Backoff } from '../../link/link-machine.ts';
import type { InternetUseReport } from './queue/queue-rows.ts';
import type { UnacknowledgedStart } from './queue/render.ts';

/** What a station is told when it is made; everything else is a configuration key. */
export interface StationSettings {
  /** For people: the endpoint without credentials. */
  readonly url: string;
  /** The identity, as it stands in the path. */
  readonly identity: string;
  readonly boot: BootNotificationRequest;
  /** Connectors numbered 1..n without gaps, and the EVSE behind each. */
  readonly connectors: readonly { readonly connector: number; readonly evse: number }[];
  readonly backoff?: Backoff;
  /** Values of configuration keys for as long as the CSMS has set none. */
  readonly defaults?: Readonly<Record<string, string>>;
  readonly unacknowledgedStart?: UnacknowledgedStart;
  /** Tell the CSMS by DataTransfer what cars used of the internet service. */
  readonly internetUse?: InternetUseReport;
  /** Send a triggered BootNotification also after Accepted; the errata of 1.6 recommend to reject it. */
  readonly triggerBootAfterAccepted?: boolean;
}
