import { expect, it } from 'vitest';
import type { Attempt } from '@kerbside/slac';
import { Metrics } from '../diagnostics/metrics.ts';
import { slacMetrics } from './slac-metrics.ts';

const attempt = (change: object): Attempt =>
  ({
    result: 'matched',
    verdict: { code: 'matched' },
    lasted: 2600,
    processes: [{ began: 900 }],
    retries: { parmReq: 0, attenCharInd: 0, matchReq: 0, setKey: 0 },
    ...change,
  }) as unknown as Attempt;

it('counts attempts by outcome, cause and verdict, retries by message, and times of matches', () => {
  const metrics = new Metrics();
  const slac = slacMetrics(metrics);
  slac.event({ event: 'started', attempt: 'a', evMac: 'x' });
  slac.event({ event: 'finished', attempt: attempt({}) });
  slac.event({
    event: 'finished',
    attempt: attempt({
      result: 'failed',
      cause: 'no-match-req',
      verdict: { code: 'no-match-req-attenuation-poor' },
      retries: { parmReq: 2, attenCharInd: 0, matchReq: 0, setKey: 1 },
    }),
  });
  const lines = metrics.render().split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'kerbside_slac_attempts_total{outcome="matched",cause="none",verdict="matched"} 1',
      'kerbside_slac_attempts_total{outcome="failed",cause="no-match-req",verdict="no-match-req-attenuation-poor"} 1',
      'kerbside_slac_retries_total{message="CM_SLAC_PARM.REQ"} 2',
      'kerbside_slac_retries_total{message="CM_SET_KEY.REQ"} 1',
      '# TYPE kerbside_slac_matching_seconds histogram',
      'kerbside_slac_matching_seconds_bucket{le="1.5"} 0',
      'kerbside_slac_matching_seconds_bucket{le="2"} 1',
      'kerbside_slac_matching_seconds_bucket{le="+Inf"} 1',
      'kerbside_slac_matching_seconds_sum 1.7',
      'kerbside_slac_matching_seconds_count 1',
    ]),
  );
});

it('counts what was tolerated by its kind, without addresses, and failures of modems', () => {
  const metrics = new Metrics();
  const slac = slacMetrics(metrics);
  const pairing = { evMac: '02:00:00:00:e0:01', runId: '01' };
  const what = 'profiles from 00:b0:52:00:00:99, which is not the modem that answered';
  slac.reported({ kind: 'tolerated', code: 'profile-source', ...pairing, what });
  for (const state of ['ready', 'no-answer'] as const)
    slac.reported({ kind: 'modem', state, vendor: 'unknown', what: '', next: '' });
  const text = metrics.render();
  expect(text).toContain('kerbside_slac_tolerated_total{what="profile-source"} 1');
  expect(text).toContain('kerbside_slac_modem_failures_total{what="no-answer"} 1');
  expect(text).not.toContain('ready');
  expect(text).not.toContain('00:b0:52');
});
