import type { Mme, MmeOf, Sendable } from '../messages/catalogue.ts';
import type { NetworkKey } from '../network-key.ts';
import { setKeyReq } from '../set-key.ts';
import type { ModemVendor } from './report.ts';
import type { ModemTrouble } from './state.ts';
import type { Turn } from './turn.ts';

/** A modem that confirmed the key but names no vendor is asked so often. */
const MAX_PROBES = 6;

const toModem = (turn: Turn) => ({ ODA: turn.config.modemMac, OSA: turn.mac });

const opAttributesReq = (turn: Turn): Sendable => ({
  name: 'VS_OP_ATTRIBUTES.REQ',
  ...toModem(turn),
  COOKIE: '00000000',
  RTYPE: 0,
});

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

/** Asks who the modem is, in the two vendors' ways by turns. */
function probe(turn: Turn): void {
  const { probes, at } = turn.state.modem;
  turn.setModem({ probes: probes + 1 });
  turn.send(probes % 2 === 0 ? opAttributesReq(turn) : probeOfLumissil(turn));
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
  turn.arm(
    'modem_set_key',
    modem.trouble ? turn.timers.modem_slow_retry : turn.timers.modem_set_key,
  );
}

const probeOfLumissil = (turn: Turn): Sendable => ({
  name: 'NSCM_GET_VERSION.REQ',
  ...toModem(turn),
});

export function onModemTimer(turn: Turn, timer: string): void {
  const { modem } = turn.state;
  if (timer === 'modem_probe') {
    if (modem.at === 'probing' && modem.probes >= 2) startKeying(turn);
    else if (modem.vendor === 'unknown' && modem.probes < MAX_PROBES) probe(turn);
  } else if (timer === 'modem_set_key') {
    if (modem.at !== 'keying') return;
    if (modem.attempts >= turn.config.setKeyAttempts && !modem.trouble)
      inTrouble(turn, 'no-answer');
    if (
      turn.config.modemVendor === 'auto' &&
      turn.state.modem.trouble &&
      modem.vendor === 'unknown'
    )
      probe(turn);
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
  'waits-for-firmware': [
    'The modem waits for its host to load firmware.',
    'The modem has no firmware of its own: load it with the tools of its maker.',
  ],
};

function inTrouble(turn: Turn, trouble: ModemTrouble): void {
  turn.setModem({ trouble });
  reportTrouble(turn, trouble);
}
export function reportTrouble(turn: Turn, trouble: ModemTrouble): void {
  const [what, next] = troubles[trouble];
  turn.report({ kind: 'modem', state: trouble, vendor: turn.state.modem.vendor, what, next });
}

function onSetKeyCnf(turn: Turn, frame: MmeOf<'CM_SET_KEY.CNF'>): void {
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

function onResetTimer(turn: Turn): void {
  const { modem } = turn.state;
  if (modem.at !== 'resetting') return;
  if (modem.attempts === 0) {
    turn.setModem({ attempts: 1 });
    if (modem.vendor === 'qualcomm') turn.send({ name: 'VS_RS_DEV.REQ', ...toModem(turn) });
    if (modem.vendor === 'lumissil')
      turn.send({ name: 'NSCM_RESET_DEVICE.REQ', ...toModem(turn), mode: 0 });
    turn.arm('modem_reset', turn.timers.modem_start_up);
  } else {
    turn.setModem({ at: 'ready' });
    reportReady(turn);
  }
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

function found(turn: Turn, from: string, vendor: ModemVendor, version: string): void {
  const { modem } = turn.state;
  if (modem.version !== undefined) return; // asked and answered
  knowMac(turn, from);
  turn.setModem({ vendor, version });
  const mac = modem.macs.at(-1);
  turn.report({
    kind: 'modem',
    state: 'found',
    vendor,
    version,
    ...(mac === undefined ? {} : { mac }),
    what: `A ${vendor === 'qualcomm' ? 'Qualcomm' : 'Lumissil'} modem answers: ${version}.`,
    next: 'Nothing to do.',
  });
  if (turn.state.modem.at === 'probing') startKeying(turn);
}

/** Takes what the modem sends; false when the frame is not the modem's. */
export function onModemFrame(turn: Turn, frame: Mme): boolean {
  switch (frame.name) {
    case 'CM_SET_KEY.CNF':
      onSetKeyCnf(turn, frame);
      return true;
    case 'VS_OP_ATTRIBUTES.CNF':
      found(turn, frame.OSA, 'qualcomm', qualcommVersion(frame));
      return true;
    case 'NSCM_GET_VERSION.CNF': {
      const { major, minor, patch, build } = frame;
      found(turn, frame.OSA, 'lumissil', `${major}.${minor}.${patch}.${build}`);
      return true;
    }
    case 'VS_HOST_ACTION.IND':
      if (turn.state.modem.at === 'keying' && !turn.state.modem.trouble)
        inTrouble(turn, 'waits-for-firmware');
      return true;
    default:
      return false;
  }
}

function qualcommVersion(frame: MmeOf<'VS_OP_ATTRIBUTES.CNF'>): string {
  const parts = [
    frame['HW platform'],
    frame['SW platform'],
    ['version major', 'version minor', 'version build']
      .map((name) => frame[name as 'version major'] ?? 0)
      .join('.'),
    frame['build date'],
  ];
  // Text of a frame goes into reports: only what can be printed.
  return parts
    .join(' ')
    .replace(/[^\x20-\x7e]/g, '?')
    .trim();
}

/** Remembers an address that answered as the modem. */
export function knowMac(turn: Turn, mac: string): void {
  const { macs } = turn.state.modem;
  if (macs.at(-1) !== mac)
    turn.setModem({ macs: [...macs.filter((known) => known !== mac), mac].slice(-4) });
}
