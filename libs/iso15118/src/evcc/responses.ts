import { amps, equalBytes, millis, type Duration } from '@kerbside/kernel';
import type { Iso2Response } from '../iso2/body.ts';
import { valueIn } from '../iso2/physical-value.ts';
import type { supportedAppProtocolResType } from '../messages/sap/supported-app-protocol.ts';
import {
  V2G_EVCC_CableCheck_Timeout,
  V2G_EVCC_Ongoing_Timeout,
  V2G_EVCC_PreCharge_Timeout,
} from '../timings.ts';
import type { Build } from './build.ts';
import { isDcMode, requests } from './requests.ts';
import type { VehicleView } from './vehicle.ts';

const INTERNET = 3;
/** The inlet may differ from the battery this much when the car closes its contactor. IEC 61851-23 */
const PRE_CHARGE_TOLERANCE_VOLTS = 20;
/** Below this the inlet is taken to be free of voltage. IEC 61851-23 */
const SAFE_VOLTS = 60;
const WELDING_TURNS = 10;
const POLL_INTERVAL = millis(250);

export function onAppProtocol(build: Build, res: supportedAppProtocolResType): void {
  if (build.state.awaiting !== 'supportedAppProtocolReq')
    return void build.end({ report: 'failed', reason: 'supportedAppProtocolRes unasked' });
  build.cancel('response').report({
    report: 'message',
    direction: 'in',
    name: 'supportedAppProtocolRes',
    responseCode: res.ResponseCode,
  });
  if (res.ResponseCode === 'Failed_NoNegotiation' || res.SchemaID !== 1)
    return void build.end({ report: 'failed', reason: 'no common protocol' });
  build.phase('session-setup').send(requests.sessionSetup(build.config));
}

export function onResponse(
  build: Build,
  sessionId: Uint8Array,
  response: Iso2Response,
  car: VehicleView,
): void {
  const [name] = Object.keys(response) as [string];
  const { ResponseCode } = (response as unknown as Record<string, { ResponseCode: string }>)[
    name
  ] as { ResponseCode: string };
  build.cancel('response');
  build.report({ report: 'message', direction: 'in', name, responseCode: ResponseCode });
  const { awaiting } = build.state;
  if (awaiting === undefined || awaiting.replace(/Req$/, 'Res') !== name)
    return void build.end({
      report: 'failed',
      reason: `${name} where ${awaiting ?? 'nothing'} was asked`,
    });
  if (ResponseCode.startsWith('FAILED'))
    return void build.end({ report: 'failed', reason: `${ResponseCode} in ${name}` });
  if ('SessionSetupRes' in response) {
    const joined = ResponseCode === 'OK_OldSessionJoined';
    if (joined && !equalBytes(sessionId, build.config.resume ?? new Uint8Array()))
      return void build.end({ report: 'failed', reason: 'joined to a session of others' });
    build.with({ sessionId }).report({ report: 'session', joined });
  } else if (!equalBytes(sessionId, build.state.sessionId))
    return void build.end({ report: 'failed', reason: `${name} of another session` });
  build.with({ awaiting: undefined });
  proceed(build, response, car);
}

const stopsCharging = (status: { EVSENotification: string } | undefined) =>
  status?.EVSENotification === 'StopCharging';

/** What follows from a good response. */
function proceed(build: Build, response: Iso2Response, car: VehicleView): void {
  const { config } = build;
  if ('SessionSetupRes' in response) {
    build.cancel('setup').phase('service-discovery').send(requests.serviceDiscovery());
  } else if ('ServiceDiscoveryRes' in response) {
    const offered = (response.ServiceDiscoveryRes.ServiceList?.Service ?? []).map(
      ({ ServiceID }) => ServiceID,
    );
    build.report({ report: 'services', offered });
    const modes =
      response.ServiceDiscoveryRes.ChargeService.SupportedEnergyTransferMode.EnergyTransferMode;
    if (!modes.includes(config.mode)) {
      build.end({ report: 'failed', reason: `${config.mode} is not offered` });
    } else if (config.internetSets.length > 0 && offered.includes(INTERNET)) {
      build.with({ internetOffered: true }).phase('service-detail');
      build.send(requests.serviceDetail(INTERNET));
    } else select(build, []);
  } else if ('ServiceDetailRes' in response) {
    const sets = response.ServiceDetailRes.ServiceParameterList?.ParameterSet ?? [];
    const there = config.internetSets.filter((id) =>
      sets.some(({ ParameterSetID }) => ParameterSetID === id),
    );
    select(build, there);
  } else if ('PaymentServiceSelectionRes' in response) {
    build.phase('authorization').send(requests.authorization());
  } else if ('AuthorizationRes' in response) {
    onAuthorization(build, response.AuthorizationRes.EVSEProcessing, car);
  } else if ('ChargeParameterDiscoveryRes' in response) {
    onChargeParameters(build, response.ChargeParameterDiscoveryRes, car);
  } else if ('CableCheckRes' in response) {
    onCableCheck(build, response.CableCheckRes, car);
  } else if ('PreChargeRes' in response) {
    onPreCharge(build, valueIn('V', response.PreChargeRes.EVSEPresentVoltage) ?? 0, car);
  } else if ('PowerDeliveryRes' in response) {
    onPowerDelivery(build, car);
  } else if ('ChargingStatusRes' in response) {
    const { AC_EVSEStatus, EVSEMaxCurrent } = response.ChargingStatusRes;
    const limit = EVSEMaxCurrent && valueIn('A', EVSEMaxCurrent);
    build.order({ order: 'charge', ...(limit === undefined ? {} : { maxCurrent: amps(limit) }) });
    if (stopsCharging(AC_EVSEStatus)) heed(build);
    build.rest(config.loopInterval);
  } else if ('CurrentDemandRes' in response) {
    const { DC_EVSEStatus } = response.CurrentDemandRes;
    if (stopsCharging(DC_EVSEStatus) || DC_EVSEStatus.EVSEStatusCode !== 'EVSE_Ready') heed(build);
    build.rest(config.loopInterval);
  } else if ('WeldingDetectionRes' in response) {
    const inlet = valueIn('V', response.WeldingDetectionRes.EVSEPresentVoltage) ?? 0;
    const turns = build.state.turns + 1;
    build.with({ turns });
    if (inlet > SAFE_VOLTS && turns < WELDING_TURNS) build.rest(POLL_INTERVAL);
    else stopSession(build);
  } else if ('SessionStopRes' in response) {
    const { stop: reason = 'the session is over', pause, sessionId } = build.state;
    build.end({ report: 'done', reason, ...(pause ? { paused: sessionId } : {}) });
  } else build.end({ report: 'failed', reason: 'a response that this car never asks for' });
}

/** The EVSE wants the charge to end. */
function heed(build: Build): void {
  if (build.state.stop === undefined) build.with({ stop: 'the EVSE asked to stop' });
}

function select(build: Build, sets: readonly number[]): void {
  build
    .phase('service-selection')
    .send(requests.serviceSelection([{ id: 1 }, ...sets.map((set) => ({ id: INTERNET, set }))]));
}

export function stopSession(build: Build): void {
  build.phase('session-stop').send(requests.sessionStop(build.state.pause));
}

function onAuthorization(build: Build, processing: string, car: VehicleView): void {
  if (processing === 'Finished') {
    build.cancel('ongoing').with({ turns: 0 }).phase('charge-parameters');
    build.send(requests.chargeParameters(build.config, car));
    return;
  }
  // While the driver looks for the card there is no limit.
  if (processing === 'Ongoing') onlyOnce(build, 'ongoing', V2G_EVCC_Ongoing_Timeout);
  else build.cancel('ongoing').with({ turns: 0 });
  build.rest(POLL_INTERVAL);
}

/** Arms a limit at the first turn of a loop. */
function onlyOnce(build: Build, timer: 'ongoing' | 'cable-check' | 'pre-charge', after: Duration) {
  if (build.state.turns === 0) build.arm(timer, after);
  build.with({ turns: build.state.turns + 1 });
}

function onChargeParameters(
  build: Build,
  res: Extract<
    Iso2Response,
    { ChargeParameterDiscoveryRes: unknown }
  >['ChargeParameterDiscoveryRes'],
  car: VehicleView,
): void {
  const { config } = build;
  if (res.EVSEProcessing !== 'Finished') {
    onlyOnce(build, 'ongoing', V2G_EVCC_Ongoing_Timeout);
    build.rest(POLL_INTERVAL);
    return;
  }
  const tupleId = res.SAScheduleList?.SAScheduleTuple[0]?.SAScheduleTupleID;
  if (tupleId === undefined)
    return void build.end({ report: 'failed', reason: 'no schedule in the offer' });
  build.cancel('ongoing').with({ tupleId, turns: 0 });
  const stopped =
    stopsCharging(res.AC_EVSEChargeParameter?.AC_EVSEStatus) ||
    stopsCharging(res.DC_EVSEChargeParameter?.DC_EVSEStatus);
  if (stopped || build.state.stop !== undefined) {
    if (stopped) heed(build);
    return stopSession(build);
  }
  build.order({ order: 'pilot', state: 'C' });
  if (isDcMode(config)) build.phase('cable-check').send(requests.cableCheck(car));
  else build.phase('power-on').send(requests.powerDelivery('Start', config, car, tupleId));
  return undefined;
}

function onCableCheck(
  build: Build,
  res: Extract<Iso2Response, { CableCheckRes: unknown }>['CableCheckRes'],
  car: VehicleView,
): void {
  if (stopsCharging(res.DC_EVSEStatus) || build.state.stop !== undefined) {
    heed(build);
    build.cancel('cable-check').order({ order: 'pilot', state: 'B' });
    return stopSession(build);
  }
  if (res.EVSEProcessing !== 'Finished') {
    onlyOnce(build, 'cable-check', V2G_EVCC_CableCheck_Timeout);
    build.rest(POLL_INTERVAL);
    return undefined;
  }
  build.cancel('cable-check').with({ turns: 0 });
  build.phase('pre-charge').send(requests.preCharge(car));
  return undefined;
}

function onPreCharge(build: Build, inlet: number, car: VehicleView): void {
  const { config, state } = build;
  if (state.stop !== undefined) {
    build.cancel('pre-charge').order({ order: 'pilot', state: 'B' });
    stopSession(build);
    return;
  }
  if (Math.abs(inlet - car.batteryVoltage) > PRE_CHARGE_TOLERANCE_VOLTS) {
    onlyOnce(build, 'pre-charge', V2G_EVCC_PreCharge_Timeout);
    build.rest(POLL_INTERVAL);
    return;
  }
  build.cancel('pre-charge').with({ turns: 0 });
  build.order({ order: 'battery-contactor', closed: true }).phase('power-on');
  build.send(requests.powerDelivery('Start', config, car, state.tupleId));
}

function onPowerDelivery(build: Build, car: VehicleView): void {
  const { config, state } = build;
  if (state.phase === 'power-on') {
    build.with({ powered: true }).phase('charging').order({ order: 'charge' });
    turn(build, car);
    return;
  }
  build.with({ powered: false });
  build.order({ order: 'battery-contactor', closed: false });
  build.order({ order: 'pilot', state: 'B' });
  if (isDcMode(config)) {
    build.with({ turns: 0 }).phase('welding-detection').send(requests.weldingDetection(car));
  } else stopSession(build);
}

/** One turn of the charge loop, or its end. */
export function turn(build: Build, car: VehicleView): void {
  const { config, state } = build;
  if (state.stop === undefined && !car.wantsEnergy) build.with({ stop: 'the car has enough' });
  const { stop } = build.state;
  if (stop === undefined) {
    build.send(isDcMode(config) ? requests.currentDemand(car) : requests.chargingStatus());
    return;
  }
  build.report({ report: 'stopping', reason: stop }).order({ order: 'stop-charge' });
  build.phase('power-off').send(requests.powerDelivery('Stop', config, car, state.tupleId));
}
