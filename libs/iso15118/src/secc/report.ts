import type { SeccStateName, SelectedVas } from './session.ts';

/** What the SECC tells the journal, as it happens. */
export type SeccReport =
  | {
      readonly report: 'message';
      readonly direction: 'in' | 'out';
      /** Such as `AuthorizationReq`. */
      readonly name: string;
      readonly responseCode?: string;
      /** The EXI payload, at most `MAX_REPORTED_BYTES`. */
      readonly raw: Uint8Array;
      /** Milliseconds from the request's last byte to the response's; on responses. */
      readonly tookMs?: number;
      /** True where it repeats the message before it in the same direction: it may be thinned. */
      readonly loop: boolean;
    }
  | {
      readonly report: 'malformed';
      /** Stable code of the error, such as `v2gtp.length`. */
      readonly code: string;
      readonly reason: string;
      readonly offset: number;
      readonly raw: Uint8Array;
    }
  | { readonly report: 'protocol'; readonly namespace: string; readonly schemaId: number }
  | {
      readonly report: 'session';
      readonly sessionId: string;
      readonly evccId: string;
      /** The car came back to the session that it had paused. */
      readonly joined?: true;
    }
  | { readonly report: 'vas.selected'; readonly services: readonly SelectedVas[] }
  | { readonly report: 'state'; readonly state: SeccStateName; readonly previous: SeccStateName }
  | { readonly report: 'ended'; readonly reason: string; readonly ok: boolean };

/** Bytes of one message that a report carries at most. */
export const MAX_REPORTED_BYTES = 8 * 1024;
