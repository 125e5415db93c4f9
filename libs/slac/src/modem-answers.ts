import type { Secret } from '@kerbside/kernel';
import type { Mme, Sendable } from './messages/catalogue.ts';

/** What a modem knows when its host asks it. */
export interface ModemFacts {
  readonly mac: string;
  /** Whether a peer with the same key has joined. */
  readonly linked: boolean;
  readonly network: { readonly nid: string; readonly nmk: Secret<Uint8Array> } | undefined;
  /** Addresses of the peers that have joined. */
  readonly peers: readonly string[];
}

const VERSION = 'MAC-QCA7000-1.1.0.1531-00-20150204-CS';

/** The answer of a Qualcomm modem to a request of its host; undefined where it has none. */
export function answerAsModem(request: Mme, facts: ModemFacts): Sendable | undefined {
  const to = { ODA: request.OSA, OSA: facts.mac };
  switch (request.name) {
    case 'CM_SET_KEY.REQ':
      return {
        name: 'CM_SET_KEY.CNF',
        ...to,
        Result: 1,
        MyNonce: request.MyNonce,
        YourNonce: request.YourNonce,
        PID: request.PID,
        PRN: request.PRN,
        PMN: request.PMN,
        'CCo capability': request['CCo capability'],
      };
    case 'VS_SW_VER.REQ':
      return {
        name: 'VS_SW_VER.CNF',
        ...to,
        MSTATUS: 0,
        MDEVICEID: 0x22,
        MVERLENGTH: VERSION.length,
        MVERSION: VERSION,
      };
    case 'VS_RS_DEV.REQ':
      return { name: 'VS_RS_DEV.CNF', ...to, MSTATUS: 0 };
    case 'VS_PL_LNK_STATUS.REQ':
      return { name: 'VS_PL_LNK_STATUS.CNF', ...to, MSTATUS: 0, LINKSTATUS: facts.linked ? 1 : 0 };
    case 'VS_OP_ATTRIBUTES.REQ':
      return opAttributes(to, request.COOKIE);
    case 'CM_NW_STATS.REQ':
      return {
        name: 'CM_NW_STATS.CNF',
        ...to,
        NumSTAs: facts.peers.length,
        STAs: facts.peers.map((MAC) => ({ MAC, AvgPHYDR_TX: 9, AvgPHYDR_RX: 9 })),
      };
    case 'VS_NW_INFO.REQ':
      return request.MMV === 0 ? networkInfo(to, facts) : undefined;
    default:
      return undefined;
  }
}

const opAttributes = (to: { ODA: string; OSA: string }, COOKIE: string): Sendable => ({
  name: 'VS_OP_ATTRIBUTES.CNF',
  ...to,
  MSTATUS: 0,
  COOKIE,
  RTYPE: 0,
  MLENGTH: 118,
  'HW platform': 'QCA7000',
  'SW platform': 'MAC',
  'version major': 1,
  'version minor': 1,
  'version pib': 0,
  'version reserved': 0,
  'version build': 1531,
  'build date': '20150204',
  'release type': 'CS',
  'SDRAM type': 0,
  RSVD: 0,
  LINEFREQ: 5,
  'SDRAM size': 0,
  AUTHMODE: 0,
  trailing: '00'.repeat(38),
});

function networkInfo(to: { ODA: string; OSA: string }, facts: ModemFacts): Sendable {
  const { network, mac, peers } = facts;
  if (!network) return { name: 'VS_NW_INFO.CNF', ...to, NUMAVLNS: 0, AVLNS: [] };
  return {
    name: 'VS_NW_INFO.CNF',
    ...to,
    NUMAVLNS: 1,
    AVLNS: [
      {
        NID: network.nid,
        SNID: 1,
        TEI: 1,
        ROLE: 2,
        CCO_MAC: mac,
        CCO_TEI: 1,
        NUMSTAS: peers.length,
        STAS: peers.map((MAC, i) => ({ MAC, TEI: i + 2, BDA: MAC, AVGTX: 9, AVGRX: 9 })),
      },
    ],
  };
}
