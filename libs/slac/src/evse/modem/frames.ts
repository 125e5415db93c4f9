import type { Mme } from '../../messages/catalogue.ts';
import { onAmpMapOfModem } from '../amp-map.ts';
import { onLinkChanged, onLinkStatus } from '../link.ts';
import type { Turn } from '../turn.ts';
import { readModemFrame } from './adapters.ts';
import { inTrouble, knowMac, onIdentity, onReset, onSetKeyCnf } from './keying.ts';
import { onStations } from './statistics.ts';

/**
 * Nothing of this is authenticated. The strict charger believes only addresses that it knows as its
 * modem's; once matched, any charger does, for each address that tells of the link is known by then.
 */
const isStranger = (turn: Turn, mac: string): boolean => {
  const { modem, at } = turn.state;
  const careful = !turn.lenient || at === 'matched';
  return careful && modem.macs.length > 0 && !modem.macs.includes(mac);
};

/** Takes what the modem sends; a running one emits much else. */
export function onModemFrame(turn: Turn, frame: Mme): void {
  if (frame.name === 'CM_SET_KEY.CNF') {
    if (!isStranger(turn, frame.OSA)) onSetKeyCnf(turn, frame);
    return;
  }
  if (frame.name === 'CM_AMP_MAP.CNF') return onAmpMapOfModem(turn, frame);
  const read = readModemFrame(frame, turn.config.lumissilHeader);
  if (!read) return;
  const { word, adapter } = read;
  if (isStranger(turn, frame.OSA)) return;
  switch (word.says) {
    case 'identity':
      onIdentity(turn, frame.OSA, adapter, word.identity);
      break;
    case 'firmware':
      if (turn.state.modem.firmware === undefined && turn.state.modem.at !== 'none') {
        knowMac(turn, frame.OSA);
        turn.setModem({ firmware: word.firmware });
      }
      break;
    case 'link':
      onLinkStatus(turn, frame.OSA, word.up);
      break;
    case 'link-changed':
      onLinkChanged(turn);
      break;
    case 'reset':
      onReset(turn, word.accepted);
      break;
    case 'stations':
      onStations(turn, word.stations);
      break;
    case 'waits-for-firmware':
      if (turn.state.modem.at === 'keying' && !turn.state.modem.trouble)
        inTrouble(turn, 'waits-for-firmware');
      break;
    case 'nothing':
      break;
  }
}
