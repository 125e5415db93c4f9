import type { VasPlanView, VasStatus } from '@kerbside/contracts';
import {
  type InternetSettings,
  inverseOfStep,
  nameOfStep,
  type NetworkFacts,
  type NetworkPlan,
  PACKAGE_OF,
  type PlanStep,
  sharedKey,
  uplinkOf,
  VAS_TOOLS,
} from '@kerbside/vas';

function linesOf(step: PlanStep): string[] {
  if (step.do === 'rules') return [...step.add];
  return step.do === 'daemon' ? step.config.split('\n').filter(Boolean) : [];
}

/** The plan as the API shows it: every step with its inverse. */
export function toPlanView(plan: NetworkPlan): VasPlanView {
  const { ipv4, notes, ports, resolvers, steps, ...rest } = plan;
  return {
    interface: rest.interface,
    uplink: rest.uplink,
    ipv6: { ...rest.ipv6 },
    ports: [...ports],
    ...(ipv4 ? { ipv4: { ...ipv4 } } : {}),
    resolvers: [...resolvers],
    notes: notes.map((note) => ({ ...note })),
    steps: steps.map((step) => ({
      what: nameOfStep(step),
      inverse: inverseOfStep(step),
      shared: sharedKey(step) !== undefined,
      lines: linesOf(step),
    })),
  };
}

export function toUplinkView(
  settings: InternetSettings,
  facts: NetworkFacts | undefined,
): Pick<VasStatus, 'uplink' | 'missing'> {
  if (!facts) return { uplink: { ipv4: false, ipv6: false, resolvers: [] }, missing: [] };
  const name = uplinkOf(settings, facts);
  const has = (family: 4 | 6) =>
    facts.defaultRoutes.some((route) => route.family === family && route.interface === name);
  const resolvers = settings.resolvers.length > 0 ? settings.resolvers : facts.resolvers;
  return {
    uplink: {
      ...(name === undefined ? {} : { interface: name }),
      ipv4: has(4),
      ipv6: has(6),
      resolvers: [...resolvers],
    },
    missing: VAS_TOOLS.filter((tool) => !facts.tools[tool]).map((tool) => ({
      tool,
      package: PACKAGE_OF[tool],
    })),
  };
}
