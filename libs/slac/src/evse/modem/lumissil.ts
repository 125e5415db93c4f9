import type { Mme } from '../../messages/catalogue.ts';
import type { ModemAdapter, ModemWord } from './adapter.ts';

/** Version, reserved, request id and reserved bytes of the maker's host library: all zero in a request. */
const VENDOR_HEADER = '00'.repeat(19);

/**
 * CG5317 and its relatives. `everest` frames requests as deployed chargers do, in version 0 without a
 * vendor header, `hlb` as the maker's host library, in version 1 with one; answers are read either way.
 */
export function lumissil(header: 'everest' | 'hlb'): ModemAdapter {
  const framing = header === 'hlb' ? { MMV: 1, 'vendor header': VENDOR_HEADER } : {};
  return {
    vendor: 'lumissil',
    maker: 'Lumissil',
    identify: (to) => ({ name: 'NSCM_GET_VERSION.REQ', ...to, ...framing }),
    details: () => [],
    linkStatus: (to) => ({ name: 'NSCM_GET_D_LINK_STATUS.REQ', ...to, ...framing }),
    reset: (to) => ({ name: 'NSCM_RESET_DEVICE.REQ', ...to, ...framing, mode: 0 }),
    statistics: (to) => [{ name: 'CM_NW_STATS.REQ', ...to }],
    leave: (to) => ({ name: 'NSCM_D_LINK_TERMINATE.REQ', ...to, ...framing }),
    read,
  };
}

function read(frame: Mme): ModemWord | undefined {
  switch (frame.name) {
    case 'NSCM_GET_VERSION.CNF': {
      const { major, minor, patch, build } = frame;
      return { says: 'identity', identity: { version: `${major}.${minor}.${patch}.${build}` } };
    }
    case 'NSCM_GET_D_LINK_STATUS.CNF':
      return { says: 'link', up: frame.status === 1 };
    case 'NSCM_D_LINK_READY.IND':
    case 'NSCM_VS_HOST_MESSAGE_STATUS.IND':
      return { says: 'link-changed' };
    case 'NSCM_D_LINK_TERMINATE.CNF':
    case 'NSCM_GET_DEVICE_STATE.CNF':
      return { says: 'nothing' };
    default:
      return undefined;
  }
}
