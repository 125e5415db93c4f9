/** One named value of a parameter set. ISO 15118-2 8.5.2.23 */
export interface VasParameter {
  readonly name: string;
  readonly value: string | number;
}

/** What a car may choose within one service. ISO 15118-2 8.5.2.22 */
export interface VasParameterSet {
  readonly id: number;
  readonly parameters: readonly VasParameter[];
}

/** One value-added service as it is offered in service discovery. ISO 15118-2 8.5.2.1 */
export interface VasService {
  readonly id: number;
  readonly name: string;
  readonly category: 'Internet' | 'ContractCertificate' | 'OtherCustom';
  readonly free: boolean;
  readonly parameterSets: readonly VasParameterSet[];
}

/** Service id of internet access. ISO 15118-2 table 105 */
export const INTERNET_SERVICE_ID = 3;

export interface InternetServiceConfig {
  /** Offer HTTP on port 80. */
  readonly http: boolean;
  /** Offer HTTPS on port 443. */
  readonly https: boolean;
  /** ServiceName; `InternetAccess` unless told. */
  readonly name?: string;
  /** FreeService; true unless told. */
  readonly free?: boolean;
}

const HTTP: VasParameterSet = {
  id: 3,
  parameters: [
    { name: 'Protocol', value: 'http' },
    { name: 'Port', value: 80 },
  ],
};
const HTTPS: VasParameterSet = {
  id: 4,
  parameters: [
    { name: 'Protocol', value: 'https' },
    { name: 'Port', value: 443 },
  ],
};

/** The TCP ports that the chosen parameter sets name. */
export function portsOf(sets: readonly VasParameterSet[]): number[] {
  const ports = sets.flatMap(({ parameters }) =>
    parameters.filter(({ name, value }) => name === 'Port' && typeof value === 'number'),
  );
  return [...new Set(ports.map(({ value }) => value as number))].toSorted((a, b) => a - b);
}

/** The internet service; undefined when neither protocol is offered. ISO 15118-2 table 106 */
export function internetService(config: InternetServiceConfig): VasService | undefined {
  const parameterSets = [...(config.http ? [HTTP] : []), ...(config.https ? [HTTPS] : [])];
  if (parameterSets.length === 0) return undefined;
  return {
    id: INTERNET_SERVICE_ID,
    name: config.name ?? 'InternetAccess',
    category: 'Internet',
    free: config.free ?? true,
    parameterSets,
  };
}
