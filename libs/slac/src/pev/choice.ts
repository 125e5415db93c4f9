import { sendMatchReq } from './matching.ts';
import type { PevTurn } from './turn.ts';
import { startValidation } from './validate.ts';

/** Takes the nearest charger, if it is near enough. */
export function choose(turn: PevTurn): void {
  turn.cancel('TT_EV_atten_results');
  turn.cancel('TP_EV_batch_msg_interval');
  const heard = turn.state.chargers.filter((charger) => charger.meanDb !== undefined);
  const nearest = heard.reduce<(typeof heard)[number] | undefined>(
    (best, next) => (best && (best.meanDb ?? 0) <= (next.meanDb ?? 0) ? best : next),
    undefined,
  );
  if (!nearest) return turn.failProcess('no-atten-char');
  const meanDb = nearest.meanDb ?? 0;
  if (meanDb > turn.config.thresholdDb) return turn.failProcess('attenuation-too-high');
  turn.report({ kind: 'chosen', evseMac: nearest.mac, meanDb });
  turn.set({ choice: nearest });
  const rivals = heard.filter((other) => (other.meanDb ?? 0) - meanDb < turn.config.ambiguityDb);
  const { validate } = turn.config;
  if (validate === 'always' || (validate === 'ambiguous' && rivals.length > 1))
    startValidation(turn);
  else sendMatchReq(turn);
}
