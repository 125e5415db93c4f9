import type { BodyElements } from '../messages/iso2/iso2.ts';

/** Names of the requests of ISO 15118-2. */
export const REQUEST_NAMES = [
  'SessionSetupReq',
  'ServiceDiscoveryReq',
  'ServiceDetailReq',
  'PaymentServiceSelectionReq',
  'PaymentDetailsReq',
  'AuthorizationReq',
  'ChargeParameterDiscoveryReq',
  'PowerDeliveryReq',
  'MeteringReceiptReq',
  'SessionStopReq',
  'CertificateUpdateReq',
  'CertificateInstallationReq',
  'ChargingStatusReq',
  'CableCheckReq',
  'PreChargeReq',
  'CurrentDemandReq',
  'WeldingDetectionReq',
] as const;
export type RequestName = (typeof REQUEST_NAMES)[number];
type ResponseFor<N extends RequestName> = N extends `${infer Stem}Req`
  ? `${Stem}Res` & keyof BodyElements
  : never;
export type ResponseName = ResponseFor<RequestName>;
export type RequestBodyOf<N extends RequestName> = BodyElements[N];
export type ResponseBodyOf<N extends RequestName> = BodyElements[ResponseFor<N>];

type OneOf<N extends keyof BodyElements> = {
  [K in N]: { readonly [P in K]: BodyElements[K] };
}[N];
/** One request under its name, such as `{ AuthorizationReq: {} }`. */
export type Iso2Request = OneOf<RequestName>;
/** One response under its name. */
export type Iso2Response = OneOf<ResponseName>;

const requestNames: ReadonlySet<string> = new Set(REQUEST_NAMES);

export const isRequestName = (name: string): name is RequestName => requestNames.has(name);

export const nameOf = (request: Iso2Request): RequestName => Object.keys(request)[0] as RequestName;

export function responseOf<N extends RequestName>(
  name: N,
  response: ResponseBodyOf<N>,
): Iso2Response {
  return { [name.replace(/Req$/, 'Res')]: response } as unknown as Iso2Response;
}
