import type { Sendable } from '../messages/catalogue.ts';
import { sendAmpMap } from './amp-map.ts';
import { adapter, inTrouble, knowMac, leaveNetwork, toModem } from './modem/keying.ts';
import { askStatistics } from './modem/statistics.ts';
import type { Turn } from './turn.ts';

/** Polls in a row without answer: then the modem cannot tell about the link. */
const SILENT_AFTER = 10;

/** Polls in a row without answer, 5 s: a modem that did answer is gone, and it is told once. */
const MODEM_LOST_AFTER = 25;

const linkRequest = (turn: Turn) =>
  turn.config.linkDetection === 'auto' && turn.config.modemVendor !== 'none'
    ? adapter(turn).linkStatus(toModem(turn))
    : undefined;

/** The vehicle is to join: the modem is asked for the link, where it can tell. */
export function awaitLink(turn: Turn): void {
  if (linkRequest(turn)) turn.arm('link_poll', turn.timers.link_poll_joining);
  else matched(turn, false);
}

/**
 * `link_poll` fell due: count what the last one missed, ask again. Also matched without a link seen, for
 * supervision begins with the first answer; a modem that never answered is asked seldom then.
 */
export function onLinkPoll(turn: Turn): void {
  const { match, at } = turn.state;
  const request = linkRequest(turn);
  if (!match || !request || (at !== 'joining' && at !== 'matched')) return;
  const { link_poll_joining, link_poll_matched, modem_slow_retry } = turn.timers;
  if (at === 'joining' && match.unanswered >= SILENT_AFTER && !match.linkTold) {
    // The modem does not know the question: as without one.
    matched(turn, false);
    turn.arm('link_poll', modem_slow_retry);
    return;
  }
  if (match.linkTold && match.unanswered === MODEM_LOST_AFTER) inTrouble(turn, 'no-answer');
  turn.setMatch({ unanswered: match.unanswered + 1 });
  turn.send(request);
  if (at === 'joining') turn.arm('link_poll', link_poll_joining);
  else turn.arm('link_poll', match.linkTold ? link_poll_matched : modem_slow_retry);
}

/** A question that never left says nothing about the modem. */
export function onUnsent(turn: Turn, frame: Sendable): void {
  const { match } = turn.state;
  if (match && match.unanswered > 0 && frame.name === linkRequest(turn)?.name)
    turn.setMatch({ unanswered: match.unanswered - 1 });
}

/** Somebody says that the link changed: the modem is asked at once, and nothing else follows from it. */
export function onLinkChanged(turn: Turn): void {
  const { at } = turn.state;
  const request = linkRequest(turn);
  if (request && (at === 'joining' || at === 'matched')) turn.send(request);
}

/** D-LINK_READY: the vehicle is matched. `linkSeen` false: no modem could tell. */
function matched(turn: Turn, linkSeen: boolean): void {
  const { match, key } = turn.state;
  if (!match || !key) return;
  const { evMac, runId } = match;
  turn.setMatch({ linkSeen, missed: 0 });
  turn.setModem({ stations: undefined, rounds: 0 });
  turn.enter('matched');
  if (linkSeen) turn.report({ kind: 'link', up: true, evMac, runId });
  turn.report({ kind: 'matched', evMac, runId, nid: key.nid, linkSeen });
  if (!linkSeen) sendAmpMap(turn);
  askStatistics(turn);
}

export function onLinkStatus(turn: Turn, from: string, up: boolean): void {
  const { match, at, modem } = turn.state;
  if (!match || (at !== 'joining' && at !== 'matched') || modem.at === 'none') return;
  knowMac(turn, from);
  if (modem.trouble === 'no-answer') turn.setModem({ trouble: undefined });
  if (!match.linkTold && at === 'matched') turn.arm('link_poll', turn.timers.link_poll_matched);
  turn.setMatch({ unanswered: 0, linkTold: true });
  if (at === 'joining') onLinkWhileJoining(turn, match.linkSeen, up);
  else if (!match.linkSeen) {
    if (!up) return;
    turn.setMatch({ linkSeen: true, missed: 0 });
    turn.report({ kind: 'link', up: true, evMac: match.evMac, runId: match.runId });
  } else {
    turn.setMatch({ missed: up ? 0 : match.missed + 1 });
    if ((turn.state.match?.missed ?? 0) >= turn.config.linkLostAfter) lost(turn);
  }
}

function onLinkWhileJoining(turn: Turn, before: boolean, up: boolean): void {
  if (up === before) return;
  turn.setMatch({ linkSeen: up });
  if (up) {
    turn.arm('TP_link_ready_notification', turn.timers.TP_link_ready_notification);
    sendAmpMap(turn);
  } else {
    turn.cancel('TP_link_ready_notification');
    if (!turn.state.match?.joining) notFormed(turn); // TT_match_join is over already
  }
}

/** TP_link_ready_notification is over: the link has stood all the while. */
export function onLinkReady(turn: Turn): void {
  if (turn.state.at === 'joining' && turn.state.match?.linkSeen) matched(turn, true);
}

/** Exactly one report of the loss, then the network is left. */
function lost(turn: Turn): void {
  const { match } = turn.state;
  if (!match) return;
  turn.report({ kind: 'link', up: false, evMac: match.evMac, runId: match.runId });
  turn.fail('link-lost', match.evMac);
  leaveNetwork(turn);
}

/** TT_match_join is over. */
export function onJoinTimeout(turn: Turn): void {
  const { match, at } = turn.state;
  if (!match) return;
  turn.setMatch({ joining: false });
  if (at === 'joining' && !match.linkSeen) notFormed(turn);
}

function notFormed(turn: Turn): void {
  turn.fail('link-not-formed', turn.state.match?.evMac);
  leaveNetwork(turn);
}
