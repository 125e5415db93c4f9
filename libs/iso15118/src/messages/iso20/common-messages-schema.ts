import { ExiCodec, schemaSet } from '@kerbside/exi';
import { xmldsigElements } from '@kerbside/pki';
import {
  AuthorizationSetupReq,
  AuthorizationSetupRes,
} from './common-messages/authorization-setup.ts';
import { AuthorizationReq, AuthorizationRes } from './common-messages/authorization.ts';
import {
  CertificateInstallationReq,
  CertificateInstallationRes,
} from './common-messages/certificate-installation.ts';
import {
  MeteringConfirmationReq,
  MeteringConfirmationRes,
} from './common-messages/metering-confirmation.ts';
import { PriceScheduleType } from './common-messages/price-level-schedule.ts';
import { PowerDeliveryReq, PowerDeliveryRes } from './common-messages/power-delivery.ts';
import { ScheduleExchangeReq, ScheduleExchangeRes } from './common-messages/schedule-exchange.ts';
import { ServiceDetailReq, ServiceDetailRes } from './common-messages/service-detail.ts';
import { ServiceDiscoveryReq, ServiceDiscoveryRes } from './common-messages/service-discovery.ts';
import { ServiceSelectionReq, ServiceSelectionRes } from './common-messages/service-selection.ts';
import { SessionSetupReq, SessionSetupRes } from './common-messages/session-setup.ts';
import { SessionStopReq, SessionStopRes } from './common-messages/session-stop.ts';
import { SignedInstallationData } from './common-messages/signed-installation-data.ts';
import { SignedMeteringData } from './common-messages/signed-metering-data.ts';
import {
  TargetPositionType,
  VehicleCheckInReq,
  VehicleCheckInRes,
} from './common-messages/vehicle-check-in.ts';
import { VehicleCheckOutReq, VehicleCheckOutRes } from './common-messages/vehicle-check-out.ts';
import { CLReqControlMode, CLResControlMode } from './common-types/control-mode.ts';
import { unreachedCommonTypes } from './common-types/unreached.ts';

/** The messages that all energy transfers share. ISO 15118-20 */
export const commonMessagesSet = schemaSet('iso20-common', {
  roots: {
    AuthorizationSetupReq,
    AuthorizationSetupRes,
    AuthorizationReq,
    AuthorizationRes,
    CertificateInstallationReq,
    CertificateInstallationRes,
    MeteringConfirmationReq,
    MeteringConfirmationRes,
    PowerDeliveryReq,
    PowerDeliveryRes,
    ScheduleExchangeReq,
    ScheduleExchangeRes,
    ServiceDetailReq,
    ServiceDetailRes,
    ServiceDiscoveryReq,
    ServiceDiscoveryRes,
    ServiceSelectionReq,
    ServiceSelectionRes,
    SessionSetupReq,
    SessionSetupRes,
    SessionStopReq,
    SessionStopRes,
    VehicleCheckInReq,
    VehicleCheckInRes,
    VehicleCheckOutReq,
    VehicleCheckOutRes,
  },
  others: [
    SignedInstallationData,
    SignedMeteringData,
    CLReqControlMode,
    CLResControlMode,
    ...xmldsigElements,
  ],
  unreached: [...unreachedCommonTypes, PriceScheduleType, TargetPositionType],
});

export const commonMessagesCodec = new ExiCodec(commonMessagesSet);
