import type { Clock } from '@kerbside/kernel';
import type { CachedAuthorization } from '../operations.ts';
import type { Store } from '../store.ts';

const PREFIX = 'ocpp.';

/** The `StationStore` of ocpp, on the store. */
export interface StoredStation {
  load(): Promise<{
    readonly settings: Readonly<Record<string, string>>;
    readonly cards: readonly CachedAuthorization[];
  }>;
  putSetting(key: string, value: string): Promise<void>;
  putCard(card: CachedAuthorization): Promise<void>;
  removeCard(idToken: string): Promise<void>;
  clearCards(): Promise<void>;
}

/** What the OCPP station keeps over a restart: its settings (below `ocpp.`) and the cards it knows. */
export function createStationStore(store: Store, clock: Clock): StoredStation {
  return {
    async load() {
      const settings = store.start.settings
        .filter(({ key }) => key.startsWith(PREFIX))
        .map(({ key, value }) => [key.slice(PREFIX.length), JSON.parse(value) as string]);
      return {
        settings: Object.fromEntries(settings) as Record<string, string>,
        cards: store.start.authorizations,
      };
    },
    async putSetting(key, value) {
      await store.commit([
        {
          op: 'setting.put',
          key: PREFIX + key,
          value: JSON.stringify(value),
          source: 'csms',
          changedAt: clock.now(),
          changedBy: 'csms',
        },
      ]);
    },
    async putCard(card) {
      await store.commit([{ op: 'authorization.put', ...card }]);
    },
    async removeCard(idToken) {
      await store.commit([{ op: 'authorization.delete', idToken }]);
    },
    async clearCards() {
      await store.commit([{ op: 'authorization.clear' }]);
    },
  };
}
