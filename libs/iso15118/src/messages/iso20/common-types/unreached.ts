import type { ComplexType } from '@kerbside/exi';
import {
  DisplayParametersType,
  ChargeParameterDiscoveryReqType,
  ChargeParameterDiscoveryResType,
  ChargeLoopReqType,
  ChargeLoopResType,
} from './charge-loop.ts';
import {
  CLReqControlModeType,
  CLResControlModeType,
  Scheduled_CLReqControlModeType,
  Scheduled_CLResControlModeType,
  Dynamic_CLReqControlModeType,
  Dynamic_CLResControlModeType,
} from './control-mode.ts';
import { EVSEStatusType } from './evse-status.ts';
import { MessageHeaderType, V2GMessageType, V2GRequestType, V2GResponseType } from './header.ts';
import { MeterInfoType } from './meter-info.ts';
import { RationalNumberType } from './rational-number.ts';
import { DetailedCostType, DetailedTaxType, ReceiptType } from './receipt.ts';
import { ListOfRootCertificateIDsType } from './root-certificate-ids.ts';

/** Every set imports all common types, and the elements in them count in its fragments, used or not. */
export const unreachedCommonTypes: readonly ComplexType<unknown>[] = [
  DisplayParametersType,
  ChargeParameterDiscoveryReqType,
  ChargeParameterDiscoveryResType,
  ChargeLoopReqType,
  ChargeLoopResType,
  CLReqControlModeType,
  CLResControlModeType,
  Scheduled_CLReqControlModeType,
  Scheduled_CLResControlModeType,
  Dynamic_CLReqControlModeType,
  Dynamic_CLResControlModeType,
  EVSEStatusType,
  MessageHeaderType,
  V2GMessageType,
  V2GRequestType,
  V2GResponseType,
  MeterInfoType,
  RationalNumberType,
  DetailedCostType,
  DetailedTaxType,
  ReceiptType,
  ListOfRootCertificateIDsType,
];
