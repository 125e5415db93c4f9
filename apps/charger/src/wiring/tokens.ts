/** Injection tokens of what is not a class of ours. */
export const CONFIG = Symbol('ChargerConfig');
export const CLOCK = Symbol('Clock');
export const LOG = Symbol('Logger');
export const ACCESS_STORE = Symbol('AccessStore');
export const STORE = Symbol('Store');
export const LEDGER = Symbol('Ledger');
/** Where input that is not valid is told. */
export const REFUSED = Symbol('REFUSED');
