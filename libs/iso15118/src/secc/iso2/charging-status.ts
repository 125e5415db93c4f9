import type { ChargingStatusReqType, ChargingStatusResType } from '../../messages/iso2/iso2.ts';
import { physicalValue } from '../../iso2/physical-value.ts';
import { SCHEDULE_TUPLE_ID } from '../config.ts';
import type { Answer, SeccContext } from '../session.ts';
import { acEvseStatus } from './evse-status.ts';
import { meterInfo } from './meter-info.ts';

export function chargingStatusRes(
  ResponseCode: ChargingStatusResType['ResponseCode'],
  { config, facts, wall }: SeccContext,
): ChargingStatusResType {
  return {
    ResponseCode,
    EVSEID: config.evseId,
    SAScheduleTupleID: SCHEDULE_TUPLE_ID,
    EVSEMaxCurrent: physicalValue('A', facts.maxCurrent),
    ...meterInfo(facts, wall),
    // With external payment there is nothing to sign.
    ReceiptRequired: false,
    AC_EVSEStatus: acEvseStatus(facts),
  };
}

/** One turn of the AC charge loop. ISO 15118-2 8.4.4.2 */
export function answerChargingStatus(
  _: ChargingStatusReqType,
  context: SeccContext,
): Answer<ChargingStatusResType> {
  return { response: chargingStatusRes('OK', context) };
}
