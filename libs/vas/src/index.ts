export {
  INTERNET_SERVICE_ID,
  internetService,
  portsOf,
  type InternetServiceConfig,
  type VasParameter,
  type VasParameterSet,
  type VasService,
} from './internet-service.ts';
export { chainPrefix, GUARD_CHAIN } from './firewall-rules.ts';
export { isOurChain, removalOf } from './leftovers.ts';
export {
  ALL_IPV6_FORWARDING,
  makePlan,
  missingForIpv4,
  missingTools,
  problemOf,
  uplinkOf,
  INTERFACE_NAME,
  type NetworkPlan,
  type PlanNote,
  type PlanRequest,
  type PlanResult,
} from './make-plan.ts';
export {
  PACKAGE_OF,
  VAS_TOOLS,
  type FilterTable,
  type NetworkFacts,
  type VasTool,
  type VasTools,
} from './network-facts.ts';
export { networkMachine } from './network-machine.ts';
export { factsBefore } from './network-record.ts';
export type {
  LinkPhase,
  LinkState,
  NetworkEffect,
  NetworkInput,
  NetworkQuestion,
  NetworkReport,
  NetworkState,
} from './network-state.ts';
export {
  inverseOfStep,
  nameOfStep,
  sharedKey,
  type IpFamily,
  type PlanStep,
  type VasDaemon,
} from './plan-step.ts';
export {
  EMPTY_RECORD,
  type FactsRequest,
  type NetworkControl,
  type NetworkRecord,
} from './ports.ts';
export { familyOf, overlap4, parseIpv6, subnet64 } from './prefixes.ts';
export {
  selectServices,
  type SelectedService,
  type VasSelection,
  type VasSelectionResult,
} from './select-services.ts';
export { ServiceRegistry, type ServiceProvider } from './service-registry.ts';
export { DEFAULT_INTERNET_SETTINGS, type InternetSettings } from './settings.ts';
export { NO_USAGE, rulesOf, usageOf, type Usage } from './usage.ts';
export { createVasNetwork, type VasNetwork, type VasNetworkOptions } from './vas-network.ts';
