import type { Iso2Request, RequestName } from '../iso2/body.ts';

const V = (Value: number) => ({ Multiplier: 0, Unit: 'V', Value }) as const;
const A = (Value: number) => ({ Multiplier: 0, Unit: 'A', Value }) as const;
const status = { EVReady: true, EVErrorCode: 'NO_ERROR', EVRESSSOC: 40 } as const;
const certificate = { Certificate: new Uint8Array(4) };
const roots = {
  ListOfRootCertificateIDs: {
    RootCertificateID: [{ X509IssuerName: 'CN=root', X509SerialNumber: 1n }],
  },
};

/** One valid request of each name. */
export const sampleRequests: { readonly [N in RequestName]: Iso2Request } = {
  SessionSetupReq: { SessionSetupReq: { EVCCID: Uint8Array.of(2, 0, 0, 0, 0, 1) } },
  ServiceDiscoveryReq: { ServiceDiscoveryReq: {} },
  ServiceDetailReq: { ServiceDetailReq: { ServiceID: 3 } },
  PaymentServiceSelectionReq: {
    PaymentServiceSelectionReq: {
      SelectedPaymentOption: 'ExternalPayment',
      SelectedServiceList: { SelectedService: [{ ServiceID: 1 }] },
    },
  },
  PaymentDetailsReq: {
    PaymentDetailsReq: { eMAID: 'DEKRB0000000001', ContractSignatureCertChain: certificate },
  },
  AuthorizationReq: { AuthorizationReq: {} },
  ChargeParameterDiscoveryReq: {
    ChargeParameterDiscoveryReq: {
      RequestedEnergyTransferMode: 'AC_three_phase_core',
      AC_EVChargeParameter: {
        EAmount: { Multiplier: 3, Unit: 'Wh', Value: 20 },
        EVMaxVoltage: V(400),
        EVMaxCurrent: A(32),
        EVMinCurrent: A(6),
      },
    },
  },
  PowerDeliveryReq: { PowerDeliveryReq: { ChargeProgress: 'Start', SAScheduleTupleID: 1 } },
  MeteringReceiptReq: {
    MeteringReceiptReq: { SessionID: new Uint8Array(8), MeterInfo: { MeterID: 'KB-1' } },
  },
  SessionStopReq: { SessionStopReq: { ChargingSession: 'Terminate' } },
  CertificateUpdateReq: {
    CertificateUpdateReq: {
      Id: 'id1',
      ContractSignatureCertChain: certificate,
      eMAID: 'DEKRB0000000001',
      ...roots,
    },
  },
  CertificateInstallationReq: {
    CertificateInstallationReq: { Id: 'id1', OEMProvisioningCert: new Uint8Array(4), ...roots },
  },
  ChargingStatusReq: { ChargingStatusReq: {} },
  CableCheckReq: { CableCheckReq: { DC_EVStatus: status } },
  PreChargeReq: {
    PreChargeReq: { DC_EVStatus: status, EVTargetVoltage: V(360), EVTargetCurrent: A(1) },
  },
  CurrentDemandReq: {
    CurrentDemandReq: {
      DC_EVStatus: status,
      EVTargetCurrent: A(30),
      ChargingComplete: false,
      EVTargetVoltage: V(365),
    },
  },
  WeldingDetectionReq: { WeldingDetectionReq: { DC_EVStatus: status } },
};
