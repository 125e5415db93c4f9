import type { EvseSnapshot } from '@kerbside/charging';
import type { OcppStatus } from '@kerbside/contracts';
import { lookAtNetwork } from '@kerbside/host';
import type { Clock } from '@kerbside/kernel';
import type { Store } from '@kerbside/store';
import type { HealthReport, HealthService } from '../diagnostics/health.service.ts';
import type { EvseRegistry } from '../evses/evse-registry.ts';
import type { OcppStatusService } from '../ocpp/ocpp-status.service.ts';
import { type NetworkNeeds, watchNetwork } from './network-health.ts';

function ofStore(store: Store): HealthReport {
  const { state, reason, detail } = store.health;
  const status = state === 'ok' ? 'ok' : state === 'slow' ? 'degraded' : 'failed';
  return { status, reason, ...(detail === undefined ? {} : { detail }) };
}

function ofOcpp({ phase, reason }: OcppStatus): HealthReport {
  const status = phase === 'accepted' ? 'ok' : phase === 'off' ? 'off' : 'degraded';
  return { status, reason: phase, ...(reason === undefined ? {} : { detail: reason }) };
}

function ofBoards(snapshots: readonly EvseSnapshot[]): HealthReport {
  const lost = snapshots.filter((snapshot) => !snapshot.boardLink).map(({ evse }) => evse);
  if (lost.length === 0) return { status: 'ok' };
  return { status: 'failed', reason: 'board-link-down', detail: `EVSE ${lost.join(', ')}` };
}

/** Keeps the health of store, back-end, boards and network true. */
export function watchHealth(unit: {
  readonly health: HealthService;
  readonly store: Store;
  readonly status: OcppStatusService;
  readonly evses: EvseRegistry;
  readonly clock: Clock;
  readonly network: NetworkNeeds;
}): () => void {
  const { health, store, status, evses } = unit;
  health.report('store', ofStore(store));
  health.report('ocpp', ofOcpp(status.get()));
  health.report('board', ofBoards(evses.snapshots()));
  status.onChange((now) => health.report('ocpp', ofOcpp(now)));
  evses.onSnapshot(() => health.report('board', ofBoards(evses.snapshots())));
  const stopStore = store.onHealth(() => health.report('store', ofStore(store)));
  const stopNetwork = watchNetwork(unit.clock, lookAtNetwork, unit.network, (report) =>
    health.report('network', report),
  );
  return () => {
    stopStore();
    stopNetwork();
  };
}
