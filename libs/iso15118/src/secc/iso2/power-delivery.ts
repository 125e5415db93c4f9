import type {
  PowerDeliveryReqType,
  PowerDeliveryResType,
  responseCodeType,
} from '../../messages/iso2/iso2.ts';
import { valueIn } from '../../iso2/physical-value.ts';
import type { PowerOnResult } from '../../ports.ts';
import { SCHEDULE_TUPLE_ID } from '../config.ts';
import { isDc, offersDc, type Answer, type SeccContext } from '../session.ts';
import { acEvseStatus, dcEvseStatus } from './evse-status.ts';

export function powerDeliveryRes(
  ResponseCode: responseCodeType,
  { config, facts }: SeccContext,
): PowerDeliveryResType {
  return offersDc(config)
    ? { ResponseCode, DC_EVSEStatus: dcEvseStatus(facts) }
    : { ResponseCode, AC_EVSEStatus: acEvseStatus(facts) };
}

function judgeStart(req: PowerDeliveryReqType, { session }: SeccContext): responseCodeType {
  if (req.SAScheduleTupleID !== SCHEDULE_TUPLE_ID) return 'FAILED_TariffSelectionInvalid';
  const tooMuch = req.ChargingProfile?.ProfileEntry.some((entry) => {
    const power = valueIn('W', entry.ChargingProfileEntryMaxPower);
    return power === undefined || power > (session.schedule?.pMax ?? 0) + 1;
  });
  return tooMuch ? 'FAILED_ChargingProfileInvalid' : 'OK';
}

/** A start that is in order has no response yet: the contactor has to close first. */
export type PowerDeliveryAnswer = Answer<PowerDeliveryResType> | 'power-on';

/** Start, stop, or renegotiation of the charge. ISO 15118-2 8.4.3.9 */
export function answerPowerDelivery(
  req: PowerDeliveryReqType,
  context: SeccContext,
): PowerDeliveryAnswer {
  const { session } = context;
  switch (req.ChargeProgress) {
    case 'Stop':
      return {
        response: powerDeliveryRes('OK', context),
        next: 'power-off',
        session: { powered: false },
        tell: [{ request: 'power-off' }],
      };
    case 'Renegotiate':
      // There is one schedule and nothing to negotiate: the car keeps it, or ends the session and comes again.
      return { response: powerDeliveryRes('FAILED_PowerDeliveryNotApplied', context) };
    case 'Start': {
      if (session.powered) return { response: powerDeliveryRes('FAILED_SequenceError', context) };
      const code = judgeStart(req, context);
      return code === 'OK' ? 'power-on' : { response: powerDeliveryRes(code, context) };
    }
  }
}

/** The response to a start, once the contactor has closed, or why it did not. */
export function answerPoweredOn(
  result: PowerOnResult,
  context: SeccContext,
): Answer<PowerDeliveryResType> {
  const { mode, schedule } = context.session;
  const dc = isDc(mode);
  if (result.on)
    return {
      response: powerDeliveryRes('OK', context),
      next: dc ? 'current-demand' : 'charging',
      session: { powered: true, ...(schedule ? { agreed: schedule } : {}) },
    };
  const contactorFault = !dc && context.facts.fault !== undefined;
  const code = contactorFault ? 'FAILED_ContactorError' : 'FAILED_PowerDeliveryNotApplied';
  return { response: powerDeliveryRes(code, context) };
}
