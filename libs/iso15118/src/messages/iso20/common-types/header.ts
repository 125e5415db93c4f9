import {
  enumeration,
  extension,
  type Infer,
  optional,
  restriction,
  sequence,
  xs,
} from '@kerbside/exi';
import { Signature } from '@kerbside/pki';
import { commonTypes } from '../namespaces.ts';

export const sessionIDType = commonTypes.simpleType(
  'sessionIDType',
  restriction(xs.hexBinary, { length: 8 }),
);
export type sessionIDType = Infer<typeof sessionIDType>;

export const responseCodeType = commonTypes.simpleType(
  'responseCodeType',
  enumeration(
    'OK',
    'OK_CertificateExpiresSoon',
    'OK_NewSessionEstablished',
    'OK_OldSessionJoined',
    'OK_PowerToleranceConfirmed',
    'WARNING_AuthorizationSelectionInvalid',
    'WARNING_CertificateExpired',
    'WARNING_CertificateNotYetValid',
    'WARNING_CertificateRevoked',
    'WARNING_CertificateValidationError',
    'WARNING_ChallengeInvalid',
    'WARNING_EIMAuthorizationFailure',
    'WARNING_eMSPUnknown',
    'WARNING_EVPowerProfileViolation',
    'WARNING_GeneralPnCAuthorizationError',
    'WARNING_NoCertificateAvailable',
    'WARNING_NoContractMatchingPCIDFound',
    'WARNING_PowerToleranceNotConfirmed',
    'WARNING_ScheduleRenegotiationFailed',
    'WARNING_StandbyNotAllowed',
    'WARNING_WPT',
    'FAILED',
    'FAILED_AssociationError',
    'FAILED_ContactorError',
    'FAILED_EVPowerProfileInvalid',
    'FAILED_EVPowerProfileViolation',
    'FAILED_MeteringSignatureNotValid',
    'FAILED_NoEnergyTransferServiceSelected',
    'FAILED_NoServiceRenegotiationSupported',
    'FAILED_PauseNotAllowed',
    'FAILED_PowerDeliveryNotApplied',
    'FAILED_PowerToleranceNotConfirmed',
    'FAILED_ScheduleRenegotiation',
    'FAILED_ScheduleSelectionInvalid',
    'FAILED_SequenceError',
    'FAILED_ServiceIDInvalid',
    'FAILED_ServiceSelectionInvalid',
    'FAILED_SignatureError',
    'FAILED_UnknownSession',
    'FAILED_WrongChargeParameter',
  ),
);
export type responseCodeType = Infer<typeof responseCodeType>;

const messageHeader = sequence({
  SessionID: sessionIDType,
  TimeStamp: xs.unsignedLong,
  Signature: optional(Signature),
});
/** Session, time in seconds since 1970, and a signature over parts of the message. ISO 15118-20 */
export interface MessageHeaderType extends Infer<typeof messageHeader> {}
export const MessageHeaderType = commonTypes.complexType<MessageHeaderType>(
  'MessageHeaderType',
  messageHeader,
);

const v2gMessage = sequence({ Header: MessageHeaderType });
export interface V2GMessageType extends Infer<typeof v2gMessage> {}
export const V2GMessageType = commonTypes.complexType<V2GMessageType>(
  'V2GMessageType',
  v2gMessage,
  { abstract: true },
);

const v2gRequest = extension(V2GMessageType, {});
export interface V2GRequestType extends Infer<typeof v2gRequest> {}
export const V2GRequestType = commonTypes.complexType<V2GRequestType>(
  'V2GRequestType',
  v2gRequest,
  { abstract: true },
);

const v2gResponse = extension(V2GMessageType, { ResponseCode: responseCodeType });
export interface V2GResponseType extends Infer<typeof v2gResponse> {}
export const V2GResponseType = commonTypes.complexType<V2GResponseType>(
  'V2GResponseType',
  v2gResponse,
  { abstract: true },
);
