import type { Mme, Sendable } from '../messages/catalogue.ts';
import { answerAsModem, type ModemFacts } from '../modem-answers.ts';

/** The answer of a Lumissil modem, in the framing of the question. */
export function answerAsLumissil(request: Mme, facts: ModemFacts): Sendable | undefined {
  const to = { ODA: request.OSA, OSA: facts.mac };
  const framing =
    request.MMV > 0 ? { MMV: request.MMV, 'vendor header': `01${'00'.repeat(18)}` } : {};
  switch (request.name) {
    case 'CM_SET_KEY.REQ':
    case 'CM_NW_STATS.REQ':
      return answerAsModem(request, facts);
    case 'NSCM_GET_VERSION.REQ': {
      const numbers = { major: 1, minor: 2, sub: 0, build: 77, patch: 3 };
      return { name: 'NSCM_GET_VERSION.CNF', ...to, ...framing, ...numbers };
    }
    case 'NSCM_GET_D_LINK_STATUS.REQ': {
      const status = facts.linked ? 1 : 0;
      return { name: 'NSCM_GET_D_LINK_STATUS.CNF', ...to, ...framing, status };
    }
    case 'NSCM_D_LINK_TERMINATE.REQ':
      return { name: 'NSCM_D_LINK_TERMINATE.CNF', ...to, ...framing };
    default:
      return undefined; // it does not answer NSCM_RESET_DEVICE, nor another maker's messages
  }
}

/** VS_NW_INFO.CNF in version 1. */
export const networkInfoV2 = (host: string, { mac, network, peers }: ModemFacts): Sendable => ({
  name: 'VS_NW_INFO_V2.CNF',
  ODA: host,
  OSA: mac,
  SUB_VERSION: 0,
  RSVD: 0,
  DATA_LEN: 28 + 24 * peers.length,
  RSVD2: 0,
  NUMAVLNS: 1,
  AVLNS: [
    {
      NID: network?.nid ?? '00'.repeat(7),
      RSVD: '0000',
      SNID: 1,
      TEI: 1,
      RSVD2: '00000000',
      ROLE: 2,
      CCO_MAC: mac,
      CCO_TEI: 1,
      RSVD3: '000000',
      NUMSTAS: peers.length,
      RSVD4: '0000000000',
      STAS: peers.map((MAC, i) => ({
        MAC,
        TEI: i + 2,
        RSVD: '000000',
        BDA: MAC,
        AVGTX: 300 + i,
        COUPLING: 0,
        RSVD2: 0,
        AVGRX: 310 + i,
        RSVD3: '0000',
      })),
    },
  ],
});
