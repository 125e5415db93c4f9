import { ALL_IPV6_FORWARDING, type NetworkPlan } from './make-plan.ts';
import type { NetworkFacts } from './network-facts.ts';
import { sharedKey, type PlanStep } from './plan-step.ts';
import type { NetworkRecord } from './ports.ts';

/** The machine as it was before the first EVSE changed it: what is shared is not planned twice differently. */
export function factsBefore(facts: NetworkFacts, record: NetworkRecord): NetworkFacts {
  const sysctls = { ...facts.sysctls };
  let { tables } = facts;
  // Forwarding of all interfaces was turned on at one stroke: each that was on before has a step of its own.
  if (record.shared.some(({ step }) => step.do === 'sysctl' && step.key === ALL_IPV6_FORWARDING))
    for (const key of Object.keys(sysctls))
      if (/^net\.ipv6\.conf\..+\.forwarding$/.test(key)) sysctls[key] = '0';
  for (const { step } of record.shared) {
    if (step.do === 'sysctl') sysctls[step.key] = step.prior;
    if (step.do === 'tables') tables = step.present;
  }
  return { ...facts, sysctls, tables };
}

/** The record with this plan in it, before any of its steps is done. */
export function withPlan(record: NetworkRecord, { evse, steps }: NetworkPlan): NetworkRecord {
  let shared = [...record.shared];
  for (const step of steps) {
    const key = sharedKey(step);
    if (key === undefined) continue;
    const held = shared.find((one) => one.key === key);
    if (!held) shared.push({ key, step, holders: [evse] });
    else if (!held.holders.includes(evse))
      shared = shared.map((one) =>
        one === held ? { ...one, holders: [...one.holders, evse] } : one,
      );
  }
  const own = steps.filter((step) => sharedKey(step) === undefined);
  return { own: { ...record.own, [evse]: own }, shared };
}

/** The record without what this EVSE holds. */
export function without(record: NetworkRecord, evse: number): NetworkRecord {
  const { [String(evse)]: _, ...own } = record.own;
  const shared = record.shared
    .map((one) => ({ ...one, holders: one.holders.filter((holder) => holder !== evse) }))
    .filter((one) => one.holders.length > 0);
  return { own, shared };
}

/** Shared steps that another EVSE holds are neither done again nor taken back. */
export const mine = (record: NetworkRecord, evse: number, step: PlanStep): boolean => {
  const key = sharedKey(step);
  if (key === undefined) return true;
  const holders = record.shared.find((one) => one.key === key)?.holders ?? [];
  return holders.every((holder) => holder === evse);
};
