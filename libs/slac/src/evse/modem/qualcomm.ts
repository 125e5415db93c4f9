import type { Mme, MmeOf } from '../../messages/catalogue.ts';
import {
  type ModemAdapter,
  type ModemIdentity,
  type ModemWord,
  printable,
  type Station,
} from './adapter.ts';

/** QCA7000 family and its relatives. */
export const qualcomm: ModemAdapter = {
  vendor: 'qualcomm',
  maker: 'Qualcomm',
  identify: (to) => ({ name: 'VS_OP_ATTRIBUTES.REQ', ...to, COOKIE: '00000000', RTYPE: 0 }),
  details: (to) => [{ name: 'VS_SW_VER.REQ', ...to }],
  linkStatus: (to) => ({ name: 'VS_PL_LNK_STATUS.REQ', ...to }),
  reset: (to) => ({ name: 'VS_RS_DEV.REQ', ...to }),
  // Some firmware answers VS_NW_INFO in version 0, some in version 1 only.
  statistics: (to, round) => [
    { name: 'VS_NW_INFO.REQ', ...to, MMV: round % 2 },
    ...(round > 1 ? [{ name: 'CM_NW_STATS.REQ' as const, ...to }] : []),
  ],
  leave: () => undefined,
  read,
};

function read(frame: Mme): ModemWord | undefined {
  switch (frame.name) {
    case 'VS_OP_ATTRIBUTES.CNF':
      return { says: 'identity', identity: identityOf(frame) };
    case 'VS_SW_VER.CNF':
      return { says: 'firmware', firmware: printable(frame.MVERSION) };
    case 'VS_PL_LNK_STATUS.CNF':
      // With another status than success it says nothing about the link.
      return frame.MSTATUS === 0
        ? { says: 'link', up: frame.LINKSTATUS === 1 }
        : { says: 'nothing' };
    case 'VS_RS_DEV.CNF':
      return { says: 'reset', accepted: frame.MSTATUS === 0 };
    case 'VS_NW_INFO.CNF':
      return stations(frame.AVLNS);
    case 'VS_NW_INFO_V2.CNF':
      return stations(frame.AVLNS ?? []);
    case 'VS_HOST_ACTION.IND':
      return { says: 'waits-for-firmware' };
    case 'VS_ATTENUATION_CHARACTERISTICS.IND':
      return { says: 'nothing' };
    default:
      return undefined;
  }
}

type Networks = readonly {
  readonly STAS: readonly {
    readonly MAC: string;
    readonly AVGTX: number;
    readonly AVGRX: number;
  }[];
}[];
const stations = (networks: Networks): ModemWord => ({
  says: 'stations',
  stations: networks.flatMap(({ STAS }) =>
    STAS.map(({ MAC, AVGTX, AVGRX }): Station => ({ mac: MAC, txMbps: AVGTX, rxMbps: AVGRX })),
  ),
});

function identityOf(frame: MmeOf<'VS_OP_ATTRIBUTES.CNF'>): ModemIdentity {
  const numbers = ['version major', 'version minor', 'version build'] as const;
  const parts = [
    frame['HW platform'],
    frame['SW platform'],
    numbers.map((name) => frame[name] ?? 0).join('.'),
    frame['build date'],
  ];
  const mains = frame.LINEFREQ ?? 0;
  const lineHz = ([undefined, 50, 60] as const)[mains & 3];
  const zeroCross = ([undefined, 'detected', 'missing'] as const)[(mains >> 2) & 3];
  const built = frame['build date'];
  return {
    version: printable(parts.join(' ')),
    ...(built ? { built: printable(built) } : {}),
    ...(lineHz === undefined ? {} : { lineHz }),
    ...(zeroCross === undefined ? {} : { zeroCross }),
  };
}
