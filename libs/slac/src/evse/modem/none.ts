import type { Mme } from '../../messages/catalogue.ts';
import type { ModemAdapter, ModemWord } from './adapter.ts';

/** No modem, or one that does not say who it is: nothing is asked but the key; HomePlug's own words are read. */
export const none: ModemAdapter = {
  vendor: 'unknown',
  maker: 'unknown',
  identify: () => undefined,
  details: () => [],
  linkStatus: () => undefined,
  reset: () => undefined,
  statistics: () => [],
  leave: () => undefined,
  read,
};

function read(frame: Mme): ModemWord | undefined {
  if (frame.name !== 'CM_NW_STATS.CNF') return undefined;
  return {
    says: 'stations',
    stations: frame.STAs.map(({ MAC, AvgPHYDR_TX, AvgPHYDR_RX }) => ({
      mac: MAC,
      txMbps: AvgPHYDR_TX,
      rxMbps: AvgPHYDR_RX,
    })),
  };
}
