import { choice, extension, type Infer, sequence, xs } from '@kerbside/exi';
import { V2GRequestType, V2GResponseType } from '../common-types/header.ts';
import { processingType } from '../common-types/simple-types.ts';
import { commonMessages } from '../namespaces.ts';
import { authorizationType, genChallengeType } from './authorization-setup.ts';
import { ContractCertificateChainType } from './certificate-chain.ts';

const pnCAReqAuthorizationMode = sequence(
  { GenChallenge: genChallengeType, ContractCertificateChain: ContractCertificateChainType },
  { Id: xs.ID },
);
export interface PnC_AReqAuthorizationModeType extends Infer<typeof pnCAReqAuthorizationMode> {}
export const PnC_AReqAuthorizationModeType =
  commonMessages.complexType<PnC_AReqAuthorizationModeType>(
    'PnC_AReqAuthorizationModeType',
    pnCAReqAuthorizationMode,
  );

const eimAReqAuthorizationMode = sequence({});
export interface EIM_AReqAuthorizationModeType extends Infer<typeof eimAReqAuthorizationMode> {}
export const EIM_AReqAuthorizationModeType =
  commonMessages.complexType<EIM_AReqAuthorizationModeType>(
    'EIM_AReqAuthorizationModeType',
    eimAReqAuthorizationMode,
  );

const authorizationReq = extension(V2GRequestType, {
  SelectedAuthorizationService: authorizationType,
  mode: choice({
    EIM_AReqAuthorizationMode: EIM_AReqAuthorizationModeType,
    PnC_AReqAuthorizationMode: PnC_AReqAuthorizationModeType,
  }),
});
/** EV to EVSE: the chosen way, with the signed challenge for Plug and Charge. ISO 15118-20 */
export type AuthorizationReqType = Infer<typeof authorizationReq>;
export const AuthorizationReqType = commonMessages.complexType<AuthorizationReqType>(
  'AuthorizationReqType',
  authorizationReq,
);

export const AuthorizationReq = commonMessages.element('AuthorizationReq', AuthorizationReqType);

const authorizationRes = extension(V2GResponseType, { EVSEProcessing: processingType });
/** EVSE to EV: whether charging is authorised yet. ISO 15118-20 */
export interface AuthorizationResType extends Infer<typeof authorizationRes> {}
export const AuthorizationResType = commonMessages.complexType<AuthorizationResType>(
  'AuthorizationResType',
  authorizationRes,
);

export const AuthorizationRes = commonMessages.element('AuthorizationRes', AuthorizationResType);
