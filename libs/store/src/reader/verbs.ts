import type { PrismaClient } from '../generated/client.ts';
import { configurationVerbs } from './configuration.ts';
import { journalVerbs } from './journal.ts';
import { messageVerbs } from './messages.ts';
import type { Reader } from './reader.ts';
import { sessionVerbs } from './sessions.ts';
import { slacVerbs } from './slac-attempts.ts';

/** Every question that the reader answers. */
export function readerVerbs(db: PrismaClient): Reader {
  return {
    ...sessionVerbs(db),
    ...journalVerbs(db),
    ...messageVerbs(db),
    ...configurationVerbs(db),
    ...slacVerbs(db),
  };
}
