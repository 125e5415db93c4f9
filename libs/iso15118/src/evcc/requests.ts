import { physicalValue } from '../iso2/physical-value.ts';
import type { Iso2Request } from '../iso2/body.ts';
import type {
  AC_EVChargeParameterType,
  DC_EVChargeParameterType,
  DC_EVStatusType,
} from '../messages/iso2/iso2.ts';
import type { EvccConfig, VehicleView } from './vehicle.ts';

const evStatus = (car: VehicleView): DC_EVStatusType => ({
  EVReady: true,
  EVErrorCode: 'NO_ERROR',
  EVRESSSOC: Math.max(0, Math.min(100, Math.round(car.soc))),
});

const departure = (config: EvccConfig) =>
  config.departureTime === undefined ? {} : { DepartureTime: config.departureTime };

const acParameter = (config: EvccConfig, car: VehicleView): AC_EVChargeParameterType => ({
  ...departure(config),
  EAmount: physicalValue('Wh', car.energyWanted),
  EVMaxVoltage: physicalValue('V', car.maxVoltage),
  EVMaxCurrent: physicalValue('A', car.maxCurrent),
  EVMinCurrent: physicalValue('A', car.minCurrent),
});

const dcParameter = (config: EvccConfig, car: VehicleView): DC_EVChargeParameterType => ({
  ...departure(config),
  DC_EVStatus: evStatus(car),
  EVMaximumCurrentLimit: physicalValue('A', car.maxCurrent),
  EVMaximumPowerLimit: physicalValue('W', car.maxPower),
  EVMaximumVoltageLimit: physicalValue('V', car.maxVoltage),
  EVEnergyCapacity: physicalValue('Wh', car.capacity),
  EVEnergyRequest: physicalValue('Wh', car.energyWanted),
});

export const isDcMode = (config: EvccConfig): boolean => config.mode.startsWith('DC');

/** The car's requests, each from the car as it is. */
export const requests = {
  sessionSetup: (config: EvccConfig): Iso2Request => ({
    SessionSetupReq: { EVCCID: config.evccId },
  }),
  serviceDiscovery: (): Iso2Request => ({ ServiceDiscoveryReq: {} }),
  serviceDetail: (ServiceID: number): Iso2Request => ({ ServiceDetailReq: { ServiceID } }),
  serviceSelection: (selected: readonly { id: number; set?: number }[]): Iso2Request => ({
    PaymentServiceSelectionReq: {
      SelectedPaymentOption: 'ExternalPayment',
      SelectedServiceList: {
        SelectedService: selected.map(({ id, set }) => ({
          ServiceID: id,
          ...(set === undefined ? {} : { ParameterSetID: set }),
        })),
      },
    },
  }),
  authorization: (): Iso2Request => ({ AuthorizationReq: {} }),
  chargeParameters: (config: EvccConfig, car: VehicleView): Iso2Request => ({
    ChargeParameterDiscoveryReq: {
      RequestedEnergyTransferMode: config.mode,
      ...(isDcMode(config)
        ? { DC_EVChargeParameter: dcParameter(config, car) }
        : { AC_EVChargeParameter: acParameter(config, car) }),
    },
  }),
  cableCheck: (car: VehicleView): Iso2Request => ({
    CableCheckReq: { DC_EVStatus: evStatus(car) },
  }),
  preCharge: (car: VehicleView): Iso2Request => ({
    PreChargeReq: {
      DC_EVStatus: evStatus(car),
      EVTargetVoltage: physicalValue('V', car.batteryVoltage),
      EVTargetCurrent: physicalValue('A', 0),
    },
  }),
  powerDelivery: (
    ChargeProgress: 'Start' | 'Stop',
    config: EvccConfig,
    car: VehicleView,
    tupleId: number,
  ): Iso2Request => ({
    PowerDeliveryReq: {
      ChargeProgress,
      SAScheduleTupleID: tupleId,
      ...(isDcMode(config)
        ? {
            DC_EVPowerDeliveryParameter: {
              DC_EVStatus: evStatus(car),
              ChargingComplete: ChargeProgress === 'Stop',
            },
          }
        : {}),
    },
  }),
  chargingStatus: (): Iso2Request => ({ ChargingStatusReq: {} }),
  currentDemand: (car: VehicleView): Iso2Request => ({
    CurrentDemandReq: {
      DC_EVStatus: evStatus(car),
      EVTargetCurrent: physicalValue('A', car.target.current),
      EVMaximumVoltageLimit: physicalValue('V', car.maxVoltage),
      EVMaximumCurrentLimit: physicalValue('A', car.maxCurrent),
      EVMaximumPowerLimit: physicalValue('W', car.maxPower),
      ChargingComplete: false,
      EVTargetVoltage: physicalValue('V', car.target.voltage),
    },
  }),
  weldingDetection: (car: VehicleView): Iso2Request => ({
    WeldingDetectionReq: { DC_EVStatus: evStatus(car) },
  }),
  sessionStop: (pause: boolean): Iso2Request => ({
    SessionStopReq: { ChargingSession: pause ? 'Pause' : 'Terminate' },
  }),
};
