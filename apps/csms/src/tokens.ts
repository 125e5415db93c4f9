import type { CsmsToken } from '@kerbside/ocpp';

/** The cards of the bench, one of each kind. */
export const BENCH_TOKENS: readonly CsmsToken[] = [
  { idTag: 'KERB-OWNER', status: 'Accepted' },
  { idTag: 'KERB-GUEST', status: 'Accepted' },
  { idTag: 'KERB-BLOCKED', status: 'Blocked' },
  { idTag: 'KERB-EXPIRED', status: 'Accepted', expiry: Date.UTC(2020, 0, 1) },
];
