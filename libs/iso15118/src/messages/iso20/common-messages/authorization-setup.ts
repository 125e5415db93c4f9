import {
  choice,
  enumeration,
  extension,
  type Infer,
  list,
  optional,
  restriction,
  sequence,
  xs,
} from '@kerbside/exi';
import { V2GRequestType, V2GResponseType } from '../common-types/header.ts';
import { nameType } from '../common-types/simple-types.ts';
import { commonMessages } from '../namespaces.ts';

export const authorizationType = commonMessages.simpleType(
  'authorizationType',
  enumeration('EIM', 'PnC'),
);
export type authorizationType = Infer<typeof authorizationType>;

export const genChallengeType = commonMessages.simpleType(
  'genChallengeType',
  restriction(xs.base64Binary, { length: 16 }),
);
export type genChallengeType = Infer<typeof genChallengeType>;

const supportedProvidersList = sequence({ ProviderID: list(nameType, { max: 128 }) });
export interface SupportedProvidersListType extends Infer<typeof supportedProvidersList> {}
export const SupportedProvidersListType = commonMessages.complexType<SupportedProvidersListType>(
  'SupportedProvidersListType',
  supportedProvidersList,
);

const pnCASResAuthorizationMode = sequence({
  GenChallenge: genChallengeType,
  SupportedProviders: optional(SupportedProvidersListType),
});
export interface PnC_ASResAuthorizationModeType extends Infer<typeof pnCASResAuthorizationMode> {}
export const PnC_ASResAuthorizationModeType =
  commonMessages.complexType<PnC_ASResAuthorizationModeType>(
    'PnC_ASResAuthorizationModeType',
    pnCASResAuthorizationMode,
  );

const eimASResAuthorizationMode = sequence({});
export interface EIM_ASResAuthorizationModeType extends Infer<typeof eimASResAuthorizationMode> {}
export const EIM_ASResAuthorizationModeType =
  commonMessages.complexType<EIM_ASResAuthorizationModeType>(
    'EIM_ASResAuthorizationModeType',
    eimASResAuthorizationMode,
  );

const authorizationSetupReq = extension(V2GRequestType, {});
/** EV to EVSE: asks for the ways of authorisation. ISO 15118-20 */
export interface AuthorizationSetupReqType extends Infer<typeof authorizationSetupReq> {}
export const AuthorizationSetupReqType = commonMessages.complexType<AuthorizationSetupReqType>(
  'AuthorizationSetupReqType',
  authorizationSetupReq,
);

export const AuthorizationSetupReq = commonMessages.element(
  'AuthorizationSetupReq',
  AuthorizationSetupReqType,
);

const authorizationSetupRes = extension(V2GResponseType, {
  AuthorizationServices: list(authorizationType, { max: 2 }),
  CertificateInstallationService: xs.boolean,
  mode: choice({
    EIM_ASResAuthorizationMode: EIM_ASResAuthorizationModeType,
    PnC_ASResAuthorizationMode: PnC_ASResAuthorizationModeType,
  }),
});
/** EVSE to EV: the ways of authorisation, and the challenge for Plug and Charge. ISO 15118-20 */
export type AuthorizationSetupResType = Infer<typeof authorizationSetupRes>;
export const AuthorizationSetupResType = commonMessages.complexType<AuthorizationSetupResType>(
  'AuthorizationSetupResType',
  authorizationSetupRes,
);

export const AuthorizationSetupRes = commonMessages.element(
  'AuthorizationSetupRes',
  AuthorizationSetupResType,
);
