import type { MmeOf } from '../../messages/catalogue.ts';
import type { NetworkKey } from '../../network-key.ts';
import { setKeyReq } from '../../set-key.ts';
import type { ModemTrouble } from '../state.ts';
import type { Turn } from '../turn.ts';
import type { ModemAdapter, ModemIdentity, ToModem } from './adapter.ts';
import { adapterOf, adapters } from './adapters.ts';

/** A modem that confirmed the key but names no vendor is asked so often. */
const MAX_PROBES = 6;

export const toModem = (turn: Turn): ToModem => ({ ODA: turn.config.modemMac, OSA: turn.mac });
/** The kind of modem that answered, or that is configured. */
export const adapter = (turn: Turn): ModemAdapter =>
  adapterOf(turn.state.modem.vendor, turn.config.lumissilHeader);

/** There is a key, and the modem is to be found and to take it. */
export function onNewKey(turn: Turn, key: NetworkKey): void {
  turn.set({ key, keyGiven: false });
  const { modemVendor } = turn.config;
  if (modemVendor === 'none') turn.setModem({ at: 'none' });
  else if (turn.state.modem.at !== 'starting') startKeying(turn);
  else if (modemVendor !== 'auto') {
    turn.setModem({ vendor: modemVendor });
    startKeying(turn);
  } else {
    turn.setModem({ at: 'probing' });
    probe(turn);
  }
}

/** The interface is back: the modem may have lost its key meanwhile. */
export function onInterfaceBack(turn: Turn): void {
  const { at, modem } = turn.state;
  if (at === 'joining' || at === 'matched' || at === 'paused' || modem.at === 'none') return;
  if (modem.at !== 'starting') startKeying(turn);
}

/** Asks who the modem is, each maker's way by turns. */
function probe(turn: Turn): void {
  const { probes, at } = turn.state.modem;
  turn.setModem({ probes: probes + 1 });
  const all = adapters(turn.config.lumissilHeader);
  const question = all[probes % all.length]?.identify(toModem(turn));
  if (question) turn.send(question);
  if (at !== 'keying') turn.arm('modem_probe', turn.timers.modem_probe);
}

function startKeying(turn: Turn): void {
  turn.cancel('modem_probe');
  turn.cancel('modem_reset');
  turn.setModem({ at: 'keying', attempts: 0 });
  sendKey(turn);
}

function sendKey(turn: Turn): void {
  const { modem, key } = turn.state;
  if (!key) return;
  turn.setModem({ attempts: modem.attempts + 1 });
  turn.send(setKeyReq(toModem(turn), key));
  const { modem_slow_retry, modem_set_key } = turn.timers;
  turn.arm('modem_set_key', modem.trouble ? modem_slow_retry : modem_set_key);
}

export function onModemTimer(turn: Turn, timer: string): void {
  const { modem } = turn.state;
  if (timer === 'modem_probe') {
    if (modem.at === 'probing' && modem.probes >= 2) startKeying(turn);
    else if (modem.vendor === 'unknown' && modem.probes < MAX_PROBES) probe(turn);
  } else if (timer === 'modem_set_key') {
    if (modem.at !== 'keying') return;
    if (modem.attempts >= turn.config.setKeyAttempts && !modem.trouble)
      inTrouble(turn, 'no-answer');
    const { trouble, vendor } = turn.state.modem;
    if (turn.config.modemVendor === 'auto' && trouble && vendor === 'unknown') probe(turn);
    sendKey(turn);
  } else if (timer === 'modem_reset') onResetTimer(turn);
}

const troubles: Record<ModemTrouble, readonly [what: string, next: string]> = {
  'no-answer': [
    'No modem answers. It is asked again every 5 s; matching goes on, the link cannot be checked.',
    'Check the power of the modem, its interface (carrier, driver, wiring) and its firmware.',
  ],
  'refuses-key': [
    'The modem refuses the network key. It is tried again every 5 s.',
    'The modem may be busy after a session; if it stays, restart it and check its firmware.',
  ],
  'refuses-reset': [
    'The modem refuses to restart. It goes on with the key that it has.',
    'Switch the restart off (chipReset), or check its firmware.',
  ],
  'waits-for-firmware': [
    'The modem waits for its host to load firmware.',
    'The modem has no firmware of its own: load it with the tools of its maker.',
  ],
};
/** A trouble of the modem in words, with the next thing to check. */
export const wordsOf = (
  trouble: ModemTrouble,
): { readonly what: string; readonly next: string } => {
  const [what, next] = troubles[trouble];
  return { what, next };
};

export function inTrouble(turn: Turn, trouble: ModemTrouble): void {
  turn.setModem({ trouble });
  reportTrouble(turn, trouble);
}
export function reportTrouble(turn: Turn, trouble: ModemTrouble): void {
  const { vendor } = turn.state.modem;
  turn.report({ kind: 'modem', state: trouble, vendor, ...wordsOf(trouble) });
}

export function onSetKeyCnf(turn: Turn, frame: MmeOf<'CM_SET_KEY.CNF'>): void {
  const { modem } = turn.state;
  if (modem.at !== 'keying') return;
  knowMac(turn, frame.OSA);
  const { setKeySuccess, setKeyAttempts, chipReset } = turn.config;
  const accepted = setKeySuccess === 'any' ? frame.Result <= 1 : frame.Result === setKeySuccess;
  if (!accepted) {
    if (modem.attempts >= setKeyAttempts && !modem.trouble) inTrouble(turn, 'refuses-key');
    return; // the timer tries again
  }
  turn.cancel('modem_set_key');
  turn.setModem({ at: chipReset ? 'resetting' : 'ready', trouble: undefined });
  if (turn.config.modemVendor === 'auto' && turn.state.modem.vendor === 'unknown') {
    turn.setModem({ probes: 0 });
    probe(turn); // it is there, so it may say who it is
  }
  if (turn.state.modem.at === 'resetting') {
    turn.setModem({ attempts: 0 });
    turn.arm('modem_reset', turn.timers.modem_reset_delay);
  } else reportReady(turn);
}

/** Restarts the modem, then asks for it until it is back. */
function onResetTimer(turn: Turn): void {
  const { modem } = turn.state;
  if (modem.at !== 'resetting') return;
  const of = adapter(turn);
  const request = modem.attempts === 0 ? of.reset(toModem(turn)) : of.identify(toModem(turn));
  if (!request) return ready(turn); // a modem of unknown make is not restarted
  turn.send(request);
  turn.setModem({ attempts: modem.attempts + 1 });
  if (modem.attempts > turn.config.setKeyAttempts && !modem.trouble) inTrouble(turn, 'no-answer');
  const { modem_start_up, modem_slow_retry } = turn.timers;
  turn.arm('modem_reset', turn.state.modem.trouble ? modem_slow_retry : modem_start_up);
}

/** The modem answered the order to restart. */
export function onReset(turn: Turn, accepted: boolean): void {
  if (turn.state.modem.at !== 'resetting' || accepted) return;
  reportTrouble(turn, 'refuses-reset');
  ready(turn);
}

function ready(turn: Turn): void {
  turn.cancel('modem_reset');
  turn.setModem({ at: 'ready', trouble: undefined });
  reportReady(turn);
}

function reportReady(turn: Turn): void {
  const { vendor, macs, version } = turn.state.modem;
  const mac = macs.at(-1);
  turn.report({
    kind: 'modem',
    state: 'ready',
    vendor,
    ...(mac === undefined ? {} : { mac }),
    ...(version === undefined ? {} : { version }),
    what: 'The modem has the network key.',
    next: 'Nothing to do.',
  });
}

/** The modem says who it is. */
export function onIdentity(
  turn: Turn,
  from: string,
  of: ModemAdapter,
  identity: ModemIdentity,
): void {
  const { modem } = turn.state;
  if (modem.at === 'none') return;
  // Back from a restart, of which the first answer tells.
  if (modem.at === 'resetting' && modem.attempts > 1 && modem.vendor === of.vendor) ready(turn);
  if (modem.version !== undefined) return; // asked and answered
  if (turn.config.modemVendor !== 'auto' && turn.config.modemVendor !== of.vendor) return;
  knowMac(turn, from);
  turn.setModem({ vendor: of.vendor, version: identity.version, identity });
  for (const question of of.details(toModem(turn))) turn.send(question);
  const mac = turn.state.modem.macs.at(-1);
  turn.report({
    kind: 'modem',
    state: 'found',
    vendor: of.vendor,
    ...identity,
    ...(mac === undefined ? {} : { mac }),
    what: `A ${of.maker} modem answers: ${identity.version}.`,
    next: 'Nothing to do.',
  });
  if (turn.state.modem.at === 'probing') startKeying(turn);
}

/** Remembers an address that answered as the modem. */
export function knowMac(turn: Turn, mac: string): void {
  const { macs } = turn.state.modem;
  if (macs.at(-1) !== mac)
    turn.setModem({ macs: [...macs.filter((known) => known !== mac), mac].slice(-4) });
}

/** Leaves the network: told to the modem, and a new key, as far as that is wanted. */
export function leaveNetwork(turn: Turn, always = false): void {
  const { renewKey } = turn.config;
  const given = turn.state.keyGiven || always;
  if (given && turn.state.modem.at !== 'none') {
    const leave = adapter(turn).leave(toModem(turn));
    if (leave) turn.send(leave);
  }
  // [V2G3-M09-17] a new key after each session
  if (renewKey === 'always' || (given && renewKey === 'whenGiven')) turn.askKey();
}
