import { enumeration, type Infer, optional, restriction, sequence, xs } from '@kerbside/exi';
import { msgDataTypes } from './namespaces.ts';

export const responseCodeType = msgDataTypes.simpleType(
  'responseCodeType',
  enumeration(
    'OK',
    'OK_NewSessionEstablished',
    'OK_OldSessionJoined',
    'OK_CertificateExpiresSoon',
    'FAILED',
    'FAILED_SequenceError',
    'FAILED_ServiceIDInvalid',
    'FAILED_UnknownSession',
    'FAILED_ServiceSelectionInvalid',
    'FAILED_PaymentSelectionInvalid',
    'FAILED_CertificateExpired',
    'FAILED_SignatureError',
    'FAILED_NoCertificateAvailable',
    'FAILED_CertChainError',
    'FAILED_ChallengeInvalid',
    'FAILED_ContractCanceled',
    'FAILED_WrongChargeParameter',
    'FAILED_PowerDeliveryNotApplied',
    'FAILED_TariffSelectionInvalid',
    'FAILED_ChargingProfileInvalid',
    'FAILED_EVSEPresentVoltageToLow',
    'FAILED_MeteringSignatureNotValid',
    'FAILED_WrongEnergyTransferType',
  ),
);
export type responseCodeType = Infer<typeof responseCodeType>;

export const faultCodeType = msgDataTypes.simpleType(
  'faultCodeType',
  enumeration('ParsingError', 'NoTLSRootCertificatAvailable', 'UnknownError'),
);
export type faultCodeType = Infer<typeof faultCodeType>;

export const faultMsgType = msgDataTypes.simpleType(
  'faultMsgType',
  restriction(xs.string, { maxLength: 64 }),
);
export type faultMsgType = Infer<typeof faultMsgType>;

const notification = sequence({ FaultCode: faultCodeType, FaultMsg: optional(faultMsgType) });
export interface NotificationType extends Infer<typeof notification> {}
export const NotificationType = msgDataTypes.complexType<NotificationType>(
  'NotificationType',
  notification,
);

export const EVSEProcessingType = msgDataTypes.simpleType(
  'EVSEProcessingType',
  enumeration('Finished', 'Ongoing'),
);
export type EVSEProcessingType = Infer<typeof EVSEProcessingType>;
