import type { CableCheckReqType, CableCheckResType } from '../../messages/iso2/iso2.ts';
import type { Answer, SeccContext } from '../session.ts';
import { dcEvseStatus } from './evse-status.ts';

/** Insulation is tested by the EVSE meanwhile. ISO 15118-2 8.4.5.2 */
export function answerCableCheck(
  _: CableCheckReqType,
  { facts, session }: SeccContext,
): Answer<CableCheckResType> {
  const DC_EVSEStatus = dcEvseStatus(facts);
  const ongoing = { ResponseCode: 'OK', DC_EVSEStatus, EVSEProcessing: 'Ongoing' } as const;
  // A result that is there before the test was asked for is an old one.
  if (!session.cableCheckAsked)
    return {
      response: ongoing,
      session: { cableCheckAsked: true },
      tell: [{ request: 'cable-check' }],
    };
  if (facts.cableCheck === 'fault' || facts.fault !== undefined)
    return { response: { ResponseCode: 'FAILED', DC_EVSEStatus, EVSEProcessing: 'Finished' } };
  if (facts.cableCheck === 'valid' || facts.cableCheck === 'warning')
    return {
      response: { ResponseCode: 'OK', DC_EVSEStatus, EVSEProcessing: 'Finished' },
      next: 'pre-charge',
    };
  return { response: ongoing };
}
