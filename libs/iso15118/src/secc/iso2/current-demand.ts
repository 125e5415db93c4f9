import { amps, percent, volts } from '@kerbside/kernel';
import type { CurrentDemandReqType, CurrentDemandResType } from '../../messages/iso2/iso2.ts';
import { physicalValue, valueIn } from '../../iso2/physical-value.ts';
import { SCHEDULE_TUPLE_ID } from '../config.ts';
import type { Answer, SeccContext } from '../session.ts';
import { dcEvseStatus } from './evse-status.ts';
import { meterInfo } from './meter-info.ts';

interface Target {
  readonly voltage: number;
  readonly current: number;
}

export function currentDemandRes(
  ResponseCode: CurrentDemandResType['ResponseCode'],
  target: Target | undefined,
  { config, facts, wall }: SeccContext,
): CurrentDemandResType {
  const { supply, present } = facts;
  return {
    ResponseCode,
    DC_EVSEStatus: dcEvseStatus(facts),
    EVSEPresentVoltage: physicalValue('V', present.voltage),
    EVSEPresentCurrent: physicalValue('A', present.current),
    EVSECurrentLimitAchieved: target !== undefined && target.current >= facts.maxCurrent,
    EVSEVoltageLimitAchieved:
      target !== undefined && supply !== undefined && target.voltage >= supply.maxVoltage,
    EVSEPowerLimitAchieved:
      target !== undefined &&
      supply !== undefined &&
      target.current * present.voltage >= supply.maxPower,
    EVSEMaximumVoltageLimit: physicalValue('V', supply?.maxVoltage ?? 0),
    EVSEMaximumCurrentLimit: physicalValue('A', facts.maxCurrent),
    EVSEMaximumPowerLimit: physicalValue('W', supply?.maxPower ?? 0),
    EVSEID: config.evseId,
    SAScheduleTupleID: SCHEDULE_TUPLE_ID,
    ...meterInfo(facts, wall),
    ReceiptRequired: false,
  };
}

/** One turn of the DC charge loop. ISO 15118-2 8.4.5.4 */
export function answerCurrentDemand(
  req: CurrentDemandReqType,
  context: SeccContext,
): Answer<CurrentDemandResType> {
  const voltage = valueIn('V', req.EVTargetVoltage);
  const current = valueIn('A', req.EVTargetCurrent);
  if (voltage === undefined || current === undefined || voltage < 0 || current < 0)
    return { response: currentDemandRes('FAILED', undefined, context) };
  return {
    response: currentDemandRes('OK', { voltage, current }, context),
    tell: [
      {
        request: 'demand',
        voltage: volts(voltage),
        current: amps(current),
        soc: percent(req.DC_EVStatus.EVRESSSOC),
      },
    ],
  };
}
