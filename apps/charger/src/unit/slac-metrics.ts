import type { EvseSlacReport } from '@kerbside/slac';
import type { Metrics } from '../diagnostics/metrics.ts';
import type { SlacEvent } from '../slac/slac-watch.ts';

const MATCHING_SECONDS = [0.5, 1, 1.5, 2, 3, 5, 10, 20, 40] as const;

/** Counters of SLAC: attempts by result and cause, what was tolerated or repeated, the modems. */
export function slacMetrics(metrics: Metrics) {
  const attempts = metrics.counter(
    'kerbside_slac_attempts_total',
    'Attempts to match a car by outcome, cause and verdict.',
  );
  const tolerated = metrics.counter(
    'kerbside_slac_tolerated_total',
    'Deviations from the standard that were let pass.',
  );
  const retries = metrics.counter(
    'kerbside_slac_retries_total',
    'Messages of SLAC that were sent again.',
  );
  const modems = metrics.counter(
    'kerbside_slac_modem_failures_total',
    'Times that the modem gave no answer, refused the key or asked for firmware.',
  );
  const seconds = metrics.histogram(
    'kerbside_slac_matching_seconds',
    'From the first request of the car until it is matched.',
    MATCHING_SECONDS,
  );
  return {
    event(event: SlacEvent): void {
      if (event.event !== 'finished') return;
      const { result: outcome, cause = 'none', verdict, retries: again } = event.attempt;
      attempts({ outcome, cause, verdict: verdict.code });
      const [process] = event.attempt.processes;
      if (outcome === 'matched' && process) seconds((event.attempt.lasted - process.began) / 1000);
      for (const [message, count] of [
        ['CM_SLAC_PARM.REQ', again.parmReq],
        ['CM_ATTEN_CHAR.IND', again.attenCharInd],
        ['CM_SLAC_MATCH.REQ', again.matchReq],
        ['CM_SET_KEY.REQ', again.setKey],
      ] as const)
        if (count > 0) retries({ message }, count);
    },
    reported(report: EvseSlacReport): void {
      if (report.kind === 'tolerated') tolerated({ what: report.code });
      else if (report.kind === 'modem' && report.state !== 'ready' && report.state !== 'found')
        modems({ what: report.state });
    },
  };
}
