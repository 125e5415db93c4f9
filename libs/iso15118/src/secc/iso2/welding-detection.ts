import type { WeldingDetectionReqType, WeldingDetectionResType } from '../../messages/iso2/iso2.ts';
import { physicalValue } from '../../iso2/physical-value.ts';
import type { Answer, SeccContext } from '../session.ts';
import { dcEvseStatus } from './evse-status.ts';

/** The car watches the voltage at its inlet fall while its contactor is open. ISO 15118-2 8.4.5.5 */
export function answerWeldingDetection(
  _: WeldingDetectionReqType,
  { facts }: SeccContext,
): Answer<WeldingDetectionResType> {
  return {
    response: {
      ResponseCode: 'OK',
      DC_EVSEStatus: dcEvseStatus(facts),
      EVSEPresentVoltage: physicalValue('V', facts.present.voltage),
    },
    tell: [{ request: 'welding-detection' }],
  };
}
