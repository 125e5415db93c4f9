import { amps, percent, volts, wattHours } from '@kerbside/kernel';
import type {
  AC_EVChargeParameterType,
  AC_EVSEChargeParameterType,
  ChargeParameterDiscoveryReqType,
  ChargeParameterDiscoveryResType,
  DC_EVChargeParameterType,
  DC_EVSEChargeParameterType,
  responseCodeType,
} from '../../messages/iso2/iso2.ts';
import { physicalValue, valueIn } from '../../iso2/physical-value.ts';
import type { EvseView, HlcRequest } from '../../ports.ts';
import type { SeccConfig } from '../config.ts';
import { isDc, offersDc, type Answer, type SeccContext } from '../session.ts';
import { acEvseStatus, dcEvseStatus } from './evse-status.ts';
import { newSchedule, offeredPower, saScheduleList, secondsLeft } from './sa-schedule-list.ts';
import { offeredModes } from './service-discovery.ts';

type ChargeParameters = Extract<HlcRequest, { request: 'charge-parameters' }>;

function acParameters(wanted: AC_EVChargeParameterType): ChargeParameters | undefined {
  const energy = valueIn('Wh', wanted.EAmount);
  const voltage = valueIn('V', wanted.EVMaxVoltage);
  const max = valueIn('A', wanted.EVMaxCurrent);
  const min = valueIn('A', wanted.EVMinCurrent);
  if (energy === undefined || voltage === undefined || max === undefined || min === undefined)
    return undefined;
  if (energy < 0 || voltage <= 0 || max < 0 || min < 0 || min > max) return undefined;
  return {
    request: 'charge-parameters',
    mode: 'AC',
    maxVoltage: volts(voltage),
    maxCurrent: amps(max),
    minCurrent: amps(min),
    energyWanted: wattHours(energy),
  };
}

function dcParameters(
  wanted: DC_EVChargeParameterType,
  supply: EvseView['supply'],
): ChargeParameters | undefined {
  const voltage = valueIn('V', wanted.EVMaximumVoltageLimit);
  const current = valueIn('A', wanted.EVMaximumCurrentLimit);
  if (voltage === undefined || current === undefined) return undefined;
  if (voltage <= 0 || current <= 0) return undefined;
  // The battery can never be reached by this supply.
  if (supply && voltage < supply.minVoltage) return undefined;
  const energy = wanted.EVEnergyRequest && valueIn('Wh', wanted.EVEnergyRequest);
  return {
    request: 'charge-parameters',
    mode: 'DC',
    maxVoltage: volts(voltage),
    maxCurrent: amps(current),
    ...(energy === undefined ? {} : { energyWanted: wattHours(energy) }),
    soc: percent(wanted.DC_EVStatus.EVRESSSOC),
  };
}

function acOffer(config: SeccConfig, facts: EvseView): AC_EVSEChargeParameterType {
  return {
    AC_EVSEStatus: acEvseStatus(facts),
    EVSENominalVoltage: physicalValue('V', config.nominalVoltage),
    EVSEMaxCurrent: physicalValue('A', facts.maxCurrent),
  };
}

function dcOffer(facts: EvseView): DC_EVSEChargeParameterType {
  const { supply } = facts;
  return {
    DC_EVSEStatus: dcEvseStatus(facts),
    EVSEMaximumCurrentLimit: physicalValue('A', facts.maxCurrent),
    EVSEMaximumPowerLimit: physicalValue('W', supply?.maxPower ?? 0),
    EVSEMaximumVoltageLimit: physicalValue('V', supply?.maxVoltage ?? 0),
    EVSEMinimumCurrentLimit: physicalValue('A', supply?.minCurrent ?? 0),
    EVSEMinimumVoltageLimit: physicalValue('V', supply?.minVoltage ?? 0),
    EVSEPeakCurrentRipple: physicalValue('A', 0),
  };
}

/** The EVSE's side of the response: of the kind that the EVSE is. */
export function chargeParameterOffer(config: SeccConfig, facts: EvseView) {
  return offersDc(config)
    ? { DC_EVSEChargeParameter: dcOffer(facts) }
    : { AC_EVSEChargeParameter: acOffer(config, facts) };
}

function judge(
  req: ChargeParameterDiscoveryReqType,
  context: SeccContext,
): ChargeParameters | responseCodeType {
  const { facts } = context;
  const mode = req.RequestedEnergyTransferMode;
  if (!offeredModes(context).includes(mode)) return 'FAILED_WrongEnergyTransferMode';
  const parameters = isDc(mode)
    ? req.DC_EVChargeParameter && dcParameters(req.DC_EVChargeParameter, facts.supply)
    : req.AC_EVChargeParameter && acParameters(req.AC_EVChargeParameter);
  return parameters ?? 'FAILED_WrongChargeParameter';
}

/** Takes the car's parameters, offers ours and one schedule. ISO 15118-2 8.4.3.8.2 */
export function answerChargeParameterDiscovery(
  req: ChargeParameterDiscoveryReqType,
  context: SeccContext,
): Answer<ChargeParameterDiscoveryResType> {
  const { config, facts } = context;
  const offer = chargeParameterOffer(config, facts);
  const parameters = judge(req, context);
  if (typeof parameters === 'string')
    return { response: { ResponseCode: parameters, EVSEProcessing: 'Finished', ...offer } };
  const mode = req.RequestedEnergyTransferMode;
  const tell = [parameters];
  if (isDc(mode) && !facts.supply)
    return { response: { ResponseCode: 'OK', EVSEProcessing: 'Ongoing', ...offer }, tell };
  const agreed = context.session.joined?.schedule;
  const departure =
    req.AC_EVChargeParameter?.DepartureTime ?? req.DC_EVChargeParameter?.DepartureTime;
  const { now } = context;
  // [V2G2-741] the schedule of before the pause, less the time gone by
  const schedule =
    agreed && secondsLeft(agreed, now) > 0
      ? agreed
      : newSchedule(offeredPower(mode, config, facts), now, departure);
  return {
    response: {
      ResponseCode: 'OK',
      EVSEProcessing: 'Finished',
      SAScheduleList: saScheduleList(schedule, now),
      ...offer,
    },
    next: isDc(mode) ? 'cable-check' : 'power-delivery',
    session: { mode, schedule },
    tell,
  };
}
