import type { PlanNote } from '@kerbside/vas';
import type { HealthReport } from '../diagnostics/health.service.ts';

/** The internet service as health shows it: what keeps it from being offered, what failed, what it is without. */
export function healthOf(state: {
  readonly obstacle: PlanNote | undefined;
  readonly failed: PlanNote | undefined;
  /** Tools. */
  readonly missingForIpv4: readonly string[];
}): HealthReport {
  const { obstacle, failed, missingForIpv4 } = state;
  if (obstacle) {
    const off = obstacle.code === 'disabled' || obstacle.code === 'no-interface';
    return { status: off ? 'off' : 'degraded', reason: obstacle.code, detail: obstacle.text };
  }
  if (failed)
    return { status: 'degraded', reason: failed.code.split(':')[0] ?? '', detail: failed.text };
  if (missingForIpv4.length > 0)
    return {
      status: 'degraded',
      reason: 'ipv4-tools-missing',
      detail: `no IPv4: not installed: ${missingForIpv4.join(', ')}`,
    };
  return { status: 'ok' };
}
