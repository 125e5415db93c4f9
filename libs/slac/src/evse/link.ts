import type { Mme } from '../messages/catalogue.ts';
import { knowMac, reportTrouble } from './modem.ts';
import type { Turn } from './turn.ts';

/** Polls in a row without answer: then the modem cannot tell about the link. */
const SILENT_AFTER = 10;

/** Polls in a row without answer, 5 s: a modem that did answer is gone, and it is told once. */
const MODEM_LOST_AFTER = 25;

/** Whether the modem can be asked for the link. */
export const canSeeLink = (turn: Turn): boolean =>
  turn.config.linkDetection === 'auto' &&
  turn.config.modemVendor !== 'none' &&
  turn.state.modem.vendor !== 'unknown';

/** `link_poll` fell due: count what the last one missed, ask again. */
export function onLinkPoll(turn: Turn): void {
  const { match, at } = turn.state;
  if (!match || (at !== 'joining' && at !== 'matched')) return;
  if (at === 'joining' && match.unanswered >= SILENT_AFTER) {
    // The modem does not know the question: as without one.
    matched(turn, false);
    return;
  }
  if (match.unanswered === MODEM_LOST_AFTER) reportTrouble(turn, 'no-answer');
  turn.setMatch({ unanswered: match.unanswered + 1 });
  turn.send(
    turn.state.modem.vendor === 'lumissil'
      ? { name: 'NSCM_GET_D_LINK_STATUS.REQ', ODA: turn.config.modemMac, OSA: turn.mac }
      : { name: 'VS_PL_LNK_STATUS.REQ', ODA: turn.config.modemMac, OSA: turn.mac },
  );
  turn.arm(
    'link_poll',
    at === 'joining' ? turn.timers.link_poll_joining : turn.timers.link_poll_matched,
  );
}

function matched(turn: Turn, linkSeen: boolean): void {
  const { match, key } = turn.state;
  if (!match || !key) return;
  const { evMac, runId } = match;
  turn.setMatch({ linkSeen, missed: 0 });
  turn.enter('matched');
  if (linkSeen) turn.report({ kind: 'link', up: true, evMac, runId });
  turn.report({ kind: 'matched', evMac, runId, nid: key.nid, linkSeen });
}

/** Takes what the modem says about the link; false when the frame says nothing about it. */
export function onLinkFrame(turn: Turn, frame: Mme): boolean {
  switch (frame.name) {
    case 'VS_PL_LNK_STATUS.CNF':
      onLinkStatus(turn, frame.OSA, frame.LINKSTATUS === 1);
      return true;
    case 'NSCM_GET_D_LINK_STATUS.CNF':
      onLinkStatus(turn, frame.OSA, frame.status === 1);
      return true;
    case 'NSCM_D_LINK_READY.IND':
      if (turn.state.match && canSeeLink(turn)) onLinkPoll(turn);
      return true;
    default:
      return false;
  }
}

function onLinkStatus(turn: Turn, from: string, up: boolean): void {
  const { match, at } = turn.state;
  if (!match || (at !== 'joining' && at !== 'matched')) return;
  knowMac(turn, from);
  turn.setMatch({ unanswered: 0 });
  if (at === 'joining') {
    if (up) matched(turn, true);
  } else if (match.linkSeen) {
    turn.setMatch({ missed: up ? 0 : match.missed + 1 });
    if ((turn.state.match?.missed ?? 0) >= turn.config.linkLostAfter) lost(turn);
  }
}

/** Exactly one report of the loss, then the network is left. */
function lost(turn: Turn): void {
  const { match } = turn.state;
  if (!match) return;
  turn.report({ kind: 'link', up: false, evMac: match.evMac, runId: match.runId });
  turn.fail('link-lost', match.evMac);
  turn.askKey();
}

/** TT_match_join is over. */
export function onJoinTimeout(turn: Turn): void {
  const { match, at } = turn.state;
  if (!match) return;
  if (at === 'joining') {
    turn.fail('link-not-formed', match.evMac);
    turn.askKey();
  } else turn.setMatch({ joining: false });
}
