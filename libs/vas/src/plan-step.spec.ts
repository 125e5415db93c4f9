import { describe, expect, it } from 'vitest';
import { DEFAULT_INTERNET_SETTINGS, makePlan, nameOfStep, type PlanStep } from './index.ts';
import { together } from './plan-step.ts';
import { chargerFacts } from './testing/index.ts';

function plan(): readonly PlanStep[] {
  const request = { evse: 1, interface: 'ev0', ports: [80] };
  const settings = { ...DEFAULT_INTERNET_SETTINGS, ula: 'fd12:3456:789a::/48' };
  const result = makePlan(settings, chargerFacts(), request);
  if (!result.ok) throw new Error(result.problem.text);
  return result.plan.steps;
}

/** All that is done in company, the groups in their order. */
function groupsOf(steps: readonly PlanStep[]): string[][] {
  const groups: string[][] = [];
  for (let left = steps; left.length > 0; left = left.slice(together(left).length))
    groups.push(together(left).map((step) => nameOfStep(step).split(' ', 2).join(' ')));
  expect(groups.flat()).toHaveLength(steps.length);
  return groups.filter((group) => group.length > 1);
}

describe('what is done at once', () => {
  it('on the way up: both addresses, both daemons; filters and forwarding one after the other', () => {
    expect(groupsOf(plan())).toEqual([
      ['connections of', 'ip6tables-restore filter,'],
      ['ip address', 'ip address'],
      ['start radvd', 'start udhcpd'],
    ]);
  });

  it('on the way back the same, and connections end after the filter is down', () => {
    const back = plan().toReversed();
    expect(groupsOf(back)).toEqual([
      ['start udhcpd', 'start radvd'],
      ['ip address', 'ip address'],
      ['connections of', 'iptables-restore filter,'],
    ]);
    const flows = back.findIndex((step) => step.do === 'flows');
    const own = back.flatMap((step, at) => (step.do === 'rules' && !step.shared ? [at] : []));
    expect(Math.max(...own)).toBeLessThan(flows);
  });
});
