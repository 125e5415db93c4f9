import type { NetworkLook } from '@kerbside/host';
import { type Cancel, type Clock, seconds } from '@kerbside/kernel';
import type { HealthReport } from '../diagnostics/health.service.ts';

const LOOK_AGAIN = seconds(5);

export interface NetworkNeeds {
  readonly evInterfaces: readonly string[];
  /** Back-end and time source are reached by a default route. */
  readonly uplink: boolean;
}

/** The network as health shows it: EV interfaces there and usable, a way out. */
export function ofNetwork(look: NetworkLook, needs: NetworkNeeds): HealthReport {
  const { evInterfaces } = needs;
  const missing = evInterfaces.filter((name) => !look.present.has(name));
  if (missing.length > 0)
    return { status: 'degraded', reason: 'interface-missing', detail: missing.join(', ') };
  const down = evInterfaces.filter((name) => !look.linkLocal.has(name));
  if (down.length > 0)
    return { status: 'degraded', reason: 'interface-down', detail: down.join(', ') };
  const uplinks = [...look.uplinks].filter((name) => !evInterfaces.includes(name));
  const running = uplinks.filter((name) => look.running.has(name));
  const detail = [...evInterfaces, ...running].join(', ');
  if (running.length === 0 && needs.uplink)
    return { status: 'degraded', reason: 'no-uplink', detail: uplinks.join(', ') || detail };
  return { status: 'ok', ...(detail === '' ? {} : { detail }) };
}

/** Looks at the network every few seconds. */
export function watchNetwork(
  clock: Clock,
  look: () => NetworkLook,
  needs: NetworkNeeds,
  report: (report: HealthReport) => void,
): Cancel {
  let cancel: Cancel = () => {};
  const again = (): void => {
    report(ofNetwork(look(), needs));
    cancel = clock.arm(LOOK_AGAIN, again);
  };
  again();
  return () => cancel();
}
