import { enumeration, type Infer, optional, sequence, xs } from '@kerbside/exi';
import { msgDataTypes } from './namespaces.ts';

export const EVSENotificationType = msgDataTypes.simpleType(
  'EVSENotificationType',
  enumeration('None', 'StopCharging', 'ReNegotiation'),
);
export type EVSENotificationType = Infer<typeof EVSENotificationType>;

export const DC_EVSEStatusCodeType = msgDataTypes.simpleType(
  'DC_EVSEStatusCodeType',
  enumeration(
    'EVSE_NotReady',
    'EVSE_Ready',
    'EVSE_Shutdown',
    'EVSE_UtilityInterruptEvent',
    'EVSE_IsolationMonitoringActive',
    'EVSE_EmergencyShutdown',
    'EVSE_Malfunction',
    'Reserved_8',
    'Reserved_9',
    'Reserved_A',
    'Reserved_B',
    'Reserved_C',
  ),
);
export type DC_EVSEStatusCodeType = Infer<typeof DC_EVSEStatusCodeType>;

export const isolationLevelType = msgDataTypes.simpleType(
  'isolationLevelType',
  enumeration('Invalid', 'Valid', 'Warning', 'Fault'),
);
export type isolationLevelType = Infer<typeof isolationLevelType>;

const evseStatus = sequence({});
export interface EVSEStatusType extends Infer<typeof evseStatus> {}
export const EVSEStatusType = msgDataTypes.complexType<EVSEStatusType>(
  'EVSEStatusType',
  evseStatus,
  { abstract: true },
);

const acEVSEStatus = sequence({
  PowerSwitchClosed: xs.boolean,
  RCD: xs.boolean,
  NotificationMaxDelay: xs.unsignedInt,
  EVSENotification: EVSENotificationType,
});
export interface AC_EVSEStatusType extends Infer<typeof acEVSEStatus> {}
export const AC_EVSEStatusType = msgDataTypes.complexType<AC_EVSEStatusType>(
  'AC_EVSEStatusType',
  acEVSEStatus,
);

const dcEVSEStatus = sequence({
  EVSEIsolationStatus: optional(isolationLevelType),
  EVSEStatusCode: DC_EVSEStatusCodeType,
  NotificationMaxDelay: xs.unsignedInt,
  EVSENotification: EVSENotificationType,
});
export interface DC_EVSEStatusType extends Infer<typeof dcEVSEStatus> {}
export const DC_EVSEStatusType = msgDataTypes.complexType<DC_EVSEStatusType>(
  'DC_EVSEStatusType',
  dcEVSEStatus,
);

export const EVSEStatus = msgDataTypes.substitutionGroup(
  msgDataTypes.element('EVSEStatus', EVSEStatusType),
  { AC_EVSEStatus: AC_EVSEStatusType, DC_EVSEStatus: DC_EVSEStatusType },
);
