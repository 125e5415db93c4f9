import { expect, it } from 'vitest';
import type { HealthReport } from '../diagnostics/health.service.ts';
import { V2gHealth } from './v2g-health.ts';

it('tells what each EVSE does, in order, and that one cannot listen', () => {
  let report: HealthReport | undefined;
  const health = new V2gHealth((now) => (report = now));
  expect(report).toEqual({ status: 'off', reason: 'pilot-only' });
  health.set(2, { at: 'waiting' });
  health.set(1, { at: 'listening', on: '[fe80::1]:49152' });
  expect(report).toEqual({
    status: 'ok',
    detail: 'EVSE 1: [fe80::1]:49152; EVSE 2: no vehicle',
  });
  health.set(2, { at: 'failed', why: 'SDP cannot listen on plc0: EADDRINUSE' });
  expect(report).toMatchObject({ status: 'degraded', reason: 'v2g-not-listening' });
  expect(report?.detail).toContain('EVSE 2: SDP cannot listen on plc0: EADDRINUSE');
  health.set(2, { at: 'opening' });
  expect(report?.status).toBe('ok');
});
