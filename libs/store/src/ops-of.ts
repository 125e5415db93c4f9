import type { Fact } from '@kerbside/charging';
import { toHex } from '@kerbside/kernel';
import { maskToken } from './mask.ts';
import type { EntryRow, Operation } from './operations.ts';

/**
 * The fact as an entry of the journal, idTokens masked. Bytes in its field `raw` become the capture of
 * the entry.
 */
export function entryOf(fact: Fact, id: number, sinceBoot?: number): EntryRow {
  const { raw, ...data } = fact.data as Readonly<Record<string, unknown>>;
  const captured = raw instanceof Uint8Array;
  return {
    id,
    at: fact.at,
    evse: fact.evse,
    session: fact.session,
    source: fact.source,
    type: fact.type,
    data: jsonOf(captured || raw === undefined ? data : fact.data),
    sinceBoot,
    raw: captured ? raw : undefined,
  };
}

/** Never throws: an entry that can't be told in full is better than none. */
function jsonOf(data: object): string {
  try {
    return JSON.stringify(data, shown);
  } catch (error) {
    return JSON.stringify({ unwritable: String(error) });
  }
}

const tokenFields = /^(idToken|idTag|parentIdToken|parentIdTag)$/;
function shown(name: string, value: unknown): unknown {
  if (typeof value === 'string') return tokenFields.test(name) ? maskToken(value) : value;
  if (typeof value === 'bigint') return value.toString();
  return value instanceof Uint8Array ? toHex(value) : value;
}

/** What a fact changes besides the journal: the rows of its session and its transaction. */
export function rowsOf(fact: Fact): Operation[] {
  const { at, session } = fact;
  const evse = fact.evse ?? 0;
  switch (fact.type) {
    case 'session.began':
      return session === undefined ? [] : [{ op: 'session.begin', session, evse, at }];
    case 'session.kind':
      return session === undefined
        ? []
        : [{ op: 'session.describe', session, kind: fact.data.kind }];
    case 'session.ended':
      return session === undefined
        ? []
        : [{ op: 'session.end', session, at, reason: fact.data.reason }];
    case 'transaction.started': {
      const { transaction, connector, idToken, meter } = fact.data;
      const started: Operation = {
        op: 'transaction.start',
        transaction,
        session: session ?? '',
        evse: fact.evse ?? connector,
        connector,
        idToken,
        at,
        meter: meter.energy,
      };
      if (session === undefined) return [started];
      return [started, { op: 'session.describe', session, token: maskToken(idToken) }];
    }
    case 'meter.sampled': {
      const { transaction, meter } = fact.data;
      return [{ op: 'transaction.meter', transaction, at, meter: meter.energy }];
    }
    case 'transaction.stopped': {
      const { transaction, meter, reason } = fact.data;
      return [{ op: 'transaction.stop', transaction, at, meter: meter.energy, reason }];
    }
    case 'vas.ended':
      return session === undefined ? [] : internetUse(session, fact.data);
    default:
      return session === undefined ? [] : describing(session, fact.data);
  }
}

/** Facts of SLAC and V2G may carry what a session is known by. */
function describing(session: string, data: object): Operation[] {
  const evMac = text(data, 'evMac');
  const evccId = text(data, 'evccId');
  if (evMac === undefined && evccId === undefined) return [];
  return [{ op: 'session.describe', session, evMac, evccId }];
}

/** Whole numbers and seconds only: what is none of them is no record of use. */
function internetUse(session: string, data: object): Operation[] {
  const { bytesUp, bytesDown, seconds, ports } = data as Readonly<Record<string, unknown>>;
  const sound = [bytesUp, bytesDown].every(Number.isSafeInteger) && Number.isFinite(seconds);
  if (!sound || !Array.isArray(ports)) return [];
  return [
    {
      op: 'session.internet',
      session,
      bytesUp: bytesUp as number,
      bytesDown: bytesDown as number,
      seconds: seconds as number,
      ports: JSON.stringify(ports),
    },
  ];
}

function text(data: object, name: string): string | undefined {
  const value = (data as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : undefined;
}
