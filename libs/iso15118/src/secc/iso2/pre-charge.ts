import { amps, volts } from '@kerbside/kernel';
import type { PreChargeReqType, PreChargeResType } from '../../messages/iso2/iso2.ts';
import { physicalValue, valueIn } from '../../iso2/physical-value.ts';
import type { Answer, SeccContext } from '../session.ts';
import { dcEvseStatus } from './evse-status.ts';

/** The output follows the battery's voltage before the car closes its contactor. ISO 15118-2 8.4.5.3 */
export function answerPreCharge(
  req: PreChargeReqType,
  { facts }: SeccContext,
): Answer<PreChargeResType> {
  const rest = {
    DC_EVSEStatus: dcEvseStatus(facts),
    EVSEPresentVoltage: physicalValue('V', facts.present.voltage),
  };
  const voltage = valueIn('V', req.EVTargetVoltage);
  const current = valueIn('A', req.EVTargetCurrent);
  if (voltage === undefined || current === undefined || voltage < 0 || current < 0)
    return { response: { ResponseCode: 'FAILED', ...rest } };
  if (facts.fault !== undefined) return { response: { ResponseCode: 'FAILED', ...rest } };
  return {
    response: { ResponseCode: 'OK', ...rest },
    session: { preCharged: true },
    tell: [{ request: 'pre-charge', voltage: volts(voltage), current: amps(current) }],
  };
}
