import { Buffer } from 'node:buffer';

/** A message of the EXI part of the bench, in its JSON form; `n` makes it one of several of the same length. */
export interface BenchMessage {
  readonly name: string;
  readonly protocol: string;
  readonly json: (n: number) => Readonly<Record<string, unknown>>;
}

const bytes = (length: number, n: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (i * 37 + n * 101 + 11) & 255);
const base64 = (length: number, n: number): string =>
  Buffer.from(bytes(length, n)).toString('base64');
const hex = (length: number, n: number): string =>
  [...bytes(length, n)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();

const physical = (Unit: string, Value: number, Multiplier = 0) => ({ Multiplier, Unit, Value });
const rational = (Value: number, Exponent = 0) => ({ Exponent, Value });

const iso2 = (
  name: string,
  json: (n: number) => unknown,
  more?: (n: number) => object,
): BenchMessage => ({
  name: `-2 ${name}`,
  protocol: 'iso2',
  json: (n) => ({
    V2G_Message: {
      Header: { SessionID: hex(8, n), ...more?.(n) },
      Body: { [name]: json(n) },
    },
  }),
});
const din = (name: string, json: (n: number) => unknown): BenchMessage => ({
  name: `DIN ${name}`,
  protocol: 'din',
  json: (n) => ({ V2G_Message: { Header: { SessionID: hex(8, n) }, Body: { [name]: json(n) } } }),
});
const iso20 = (set: string, name: string, json: (n: number) => object): BenchMessage => ({
  name: `-20 ${name}`,
  protocol: `iso20-${set}`,
  json: (n) => ({
    [name]: { Header: { SessionID: hex(8, n), TimeStamp: 1_795_229_514 + n }, ...json(n) },
  }),
});

const signature =
  (...ids: string[]) =>
  (n: number) => ({
    Signature: {
      SignedInfo: {
        CanonicalizationMethod: { Algorithm: 'http://www.w3.org/TR/canonical-exi/' },
        SignatureMethod: { Algorithm: 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256' },
        Reference: ids.map((id) => ({
          URI: `#${id}`,
          Transforms: { Transform: [{ Algorithm: 'http://www.w3.org/TR/canonical-exi/' }] },
          DigestMethod: { Algorithm: 'http://www.w3.org/2001/04/xmlenc#sha256' },
          DigestValue: base64(32, n),
        })),
      },
      SignatureValue: { value: base64(64, n) },
    },
  });

const dcEvStatus = (n: number) => ({
  EVReady: true,
  EVErrorCode: 'NO_ERROR',
  EVRESSSOC: 40 + n,
});
const dcEvseStatus = (n: number) => ({
  NotificationMaxDelay: n,
  EVSENotification: 'None',
  EVSEIsolationStatus: 'Valid',
  EVSEStatusCode: 'EVSE_Ready',
});

/** The messages that every charge needs, and the largest and most signed ones. */
export const BENCH_MESSAGES: readonly BenchMessage[] = [
  {
    name: 'SAP Req (2 entries)',
    protocol: 'sap',
    json: (n) => ({
      supportedAppProtocolReq: {
        AppProtocol: [
          {
            ProtocolNamespace: 'urn:din:70121:2012:MsgDef',
            VersionNumberMajor: 2,
            VersionNumberMinor: 0,
            SchemaID: 1 + n,
            Priority: 2,
          },
          {
            ProtocolNamespace: 'urn:iso:15118:2:2013:MsgDef',
            VersionNumberMajor: 2,
            VersionNumberMinor: 0,
            SchemaID: n,
            Priority: 1,
          },
        ],
      },
    }),
  },
  {
    name: 'SAP Res',
    protocol: 'sap',
    json: (n) => ({
      supportedAppProtocolRes: { ResponseCode: 'OK_SuccessfulNegotiation', SchemaID: n },
    }),
  },
  iso2('SessionSetupReq', (n) => ({ EVCCID: hex(6, n) })),
  iso2('SessionSetupRes', (n) => ({ ResponseCode: 'OK', EVSEID: `ZZ0000${n}` })),
  iso2('ChargeParameterDiscoveryReq', (n) => ({
    RequestedEnergyTransferMode: 'DC_extended',
    DC_EVChargeParameter: {
      DC_EVStatus: dcEvStatus(n),
      EVMaximumCurrentLimit: physical('A', 300 + n),
      EVMaximumPowerLimit: physical('W', 15_000 + n, 1),
      EVMaximumVoltageLimit: physical('V', 410 + n),
      EVEnergyCapacity: physical('Wh', 7500 + n, 1),
      EVEnergyRequest: physical('Wh', 3000 + n, 1),
      FullSOC: 100,
      BulkSOC: 80,
    },
  })),
  iso2('ChargeParameterDiscoveryRes', (n) => ({
    ResponseCode: 'OK',
    EVSEProcessing: 'Finished',
    SAScheduleList: {
      SAScheduleTuple: [
        {
          SAScheduleTupleID: 1,
          PMaxSchedule: {
            PMaxScheduleEntry: [
              {
                RelativeTimeInterval: { start: 0, duration: 86_400 },
                PMax: physical('W', 15_000 + n, 1),
              },
            ],
          },
        },
      ],
    },
    DC_EVSEChargeParameter: {
      DC_EVSEStatus: dcEvseStatus(n),
      EVSEMaximumCurrentLimit: physical('A', 300 + n),
      EVSEMaximumPowerLimit: physical('W', 15_000 + n, 1),
      EVSEMaximumVoltageLimit: physical('V', 500 + n),
      EVSEMinimumCurrentLimit: physical('A', 1 + n),
      EVSEMinimumVoltageLimit: physical('V', 150 + n),
      EVSECurrentRegulationTolerance: physical('A', 1 + n),
      EVSEPeakCurrentRipple: physical('A', 2 + n),
    },
  })),
  iso2('CurrentDemandReq', (n) => ({
    DC_EVStatus: dcEvStatus(n),
    EVTargetCurrent: physical('A', 200 + n),
    EVMaximumVoltageLimit: physical('V', 410 + n),
    EVMaximumCurrentLimit: physical('A', 300 + n),
    EVMaximumPowerLimit: physical('W', 15_000 + n, 1),
    ChargingComplete: false,
    RemainingTimeToFullSoC: physical('m', 30 + n),
    RemainingTimeToBulkSoC: physical('m', 15 + n),
    EVTargetVoltage: physical('V', 400 + n),
  })),
  iso2('CurrentDemandRes', (n) => ({
    ResponseCode: 'OK',
    DC_EVSEStatus: dcEvseStatus(n),
    EVSEPresentVoltage: physical('V', 400 + n),
    EVSEPresentCurrent: physical('A', 200 + n),
    EVSECurrentLimitAchieved: false,
    EVSEVoltageLimitAchieved: false,
    EVSEPowerLimitAchieved: n % 2 === 0,
    EVSEMaximumVoltageLimit: physical('V', 500 + n),
    EVSEMaximumCurrentLimit: physical('A', 300 + n),
    EVSEMaximumPowerLimit: physical('W', 15_000 + n, 1),
    EVSEID: `ZZ0000${n}`,
    SAScheduleTupleID: 1,
  })),
  iso2('PaymentDetailsReq', (n) => ({
    eMAID: `DE8AC8D1B00${n}AB`,
    ContractSignatureCertChain: {
      Certificate: base64(641, n),
      SubCertificates: { Certificate: [base64(620, n), base64(630, n)] },
    },
  })),
  iso2(
    'MeteringReceiptReq',
    (n) => ({
      Id: 'id1',
      SessionID: hex(8, n),
      SAScheduleTupleID: 1,
      MeterInfo: {
        MeterID: `METER-00${n}`,
        MeterReading: 123_456 + n,
        SigMeterReading: base64(38, n),
      },
    }),
    signature('id1'),
  ),
  iso2(
    'CertificateInstallationReq',
    (n) => ({
      Id: 'id1',
      OEMProvisioningCert: base64(482, n),
      ListOfRootCertificateIDs: {
        RootCertificateID: [
          { X509IssuerName: 'CN=V2GRootCA,O=Kerbside', X509SerialNumber: 12_345 + n },
        ],
      },
    }),
    signature('id1'),
  ),
  iso2(
    'CertificateInstallationRes',
    (n) => ({
      ResponseCode: 'OK',
      SAProvisioningCertificateChain: {
        Certificate: base64(640, n),
        SubCertificates: { Certificate: [base64(620, n), base64(630, n)] },
      },
      ContractSignatureCertChain: {
        Id: 'id1',
        Certificate: base64(640, n),
        SubCertificates: { Certificate: [base64(620, n), base64(644, n)] },
      },
      ContractSignatureEncryptedPrivateKey: { Id: 'id2', value: base64(48, n) },
      DHpublickey: { Id: 'id3', value: base64(65, n) },
      eMAID: { Id: 'id4', value: `DE8AC8D1B00${n}AB` },
    }),
    signature('id1', 'id2', 'id3', 'id4'),
  ),
  din('CurrentDemandReq', (n) => ({
    DC_EVStatus: {
      EVReady: true,
      EVCabinConditioning: true,
      EVRESSConditioning: false,
      EVErrorCode: 'NO_ERROR',
      EVRESSSOC: 40 + n,
    },
    EVTargetCurrent: physical('A', 200 + n),
    EVMaximumVoltageLimit: physical('V', 410 + n),
    EVMaximumCurrentLimit: physical('A', 300 + n),
    EVMaximumPowerLimit: physical('W', 15_000 + n, 1),
    BulkChargingComplete: false,
    ChargingComplete: false,
    RemainingTimeToFullSoC: physical('s', 1800 + n),
    RemainingTimeToBulkSoC: physical('s', 900 + n),
    EVTargetVoltage: physical('V', 400 + n),
  })),
  din('CurrentDemandRes', (n) => ({
    ResponseCode: 'OK',
    DC_EVSEStatus: {
      EVSEIsolationStatus: 'Valid',
      EVSEStatusCode: 'EVSE_Ready',
      NotificationMaxDelay: 200 + n,
      EVSENotification: 'None',
    },
    EVSEPresentVoltage: physical('V', 400 + n),
    EVSEPresentCurrent: physical('A', 200 + n),
    EVSECurrentLimitAchieved: false,
    EVSEVoltageLimitAchieved: false,
    EVSEPowerLimitAchieved: n % 2 === 0,
    EVSEMaximumVoltageLimit: physical('V', 500 + n),
    EVSEMaximumCurrentLimit: physical('A', 300 + n),
    EVSEMaximumPowerLimit: physical('W', 15_000 + n, 1),
  })),
  iso20('common', 'SessionSetupReq', (n) => ({ EVCCID: `WMIV123456789${n}ABCDEX` })),
  iso20('common', 'ServiceDetailRes', (n) => ({
    ResponseCode: 'OK',
    ServiceID: 2,
    ServiceParameterList: {
      ParameterSet: [1, 2].map((id) => ({
        ParameterSetID: id,
        Parameter: [
          { Name: 'Connector', intValue: 2 + n },
          { Name: 'ControlModes', intValue: id },
          { Name: 'MobilityNeedsModes', intValue: 1 },
          { Name: 'Pricing', intValue: 200 },
          { Name: 'EVSENominalVoltageOfDC', rationalNumber: rational(400 + n) },
        ],
      })),
    },
  })),
  iso20('dc', 'DC_ChargeParameterDiscoveryReq', (n) => ({
    DC_CPDReqEnergyTransferMode: {
      EVMaximumChargePower: rational(300 + n, 3),
      EVMinimumChargePower: rational(100 + n),
      EVMaximumChargeCurrent: rational(300 + n),
      EVMinimumChargeCurrent: rational(10 + n),
      EVMaximumVoltage: rational(1000 + n),
      EVMinimumVoltage: rational(10 + n),
    },
  })),
  iso20('dc', 'DC_ChargeLoopReq', (n) => ({
    MeterInfoRequested: false,
    EVPresentVoltage: rational(400 + n),
    Dynamic_DC_CLReqControlMode: {
      EVTargetEnergyRequest: rational(40 + n, 3),
      EVMaximumEnergyRequest: rational(60 + n, 3),
      EVMinimumEnergyRequest: rational(1 + n, 3),
      EVMaximumChargePower: rational(120 + n, 3),
      EVMinimumChargePower: rational(1 + n, 3),
      EVMaximumChargeCurrent: rational(300 + n),
      EVMaximumVoltage: rational(900 + n),
      EVMinimumVoltage: rational(120 + n),
    },
  })),
  iso20('dc', 'DC_ChargeLoopRes', (n) => ({
    ResponseCode: 'OK',
    EVSEPresentCurrent: rational(200 + n),
    EVSEPresentVoltage: rational(400 + n),
    EVSEPowerLimitAchieved: false,
    EVSECurrentLimitAchieved: false,
    EVSEVoltageLimitAchieved: n % 2 === 0,
    Dynamic_DC_CLResControlMode: {
      EVSEMaximumChargePower: rational(30_000 + n, 1),
      EVSEMinimumChargePower: rational(150 + n, 1),
      EVSEMaximumChargeCurrent: rational(300 + n),
      EVSEMaximumVoltage: rational(900 + n),
    },
  })),
];
