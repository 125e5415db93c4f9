import { choice, type Infer, list, optional, sequence, xs } from '@kerbside/exi';
import { RationalNumberType } from '../common-types/rational-number.ts';
import { numericIDType } from '../common-types/simple-types.ts';
import { wpt } from '../namespaces.ts';

const wptCoordinateXYZ = sequence({ Coord_X: xs.short, Coord_Y: xs.short, Coord_Z: xs.short });
export interface WPT_CoordinateXYZType extends Infer<typeof wptCoordinateXYZ> {}
export const WPT_CoordinateXYZType = wpt.complexType<WPT_CoordinateXYZType>(
  'WPT_CoordinateXYZType',
  wptCoordinateXYZ,
);

const wptTxRxSpecData = sequence({
  TxRxIdentifier: numericIDType,
  TxRxPosition: WPT_CoordinateXYZType,
  TxRxOrientation: WPT_CoordinateXYZType,
});
export interface WPT_TxRxSpecDataType extends Infer<typeof wptTxRxSpecData> {}
export const WPT_TxRxSpecDataType = wpt.complexType<WPT_TxRxSpecDataType>(
  'WPT_TxRxSpecDataType',
  wptTxRxSpecData,
);

const wptTxRxPulseOrder = sequence({
  IndexNumber: xs.unsignedShort,
  TxRxIdentifier: numericIDType,
});
export interface WPT_TxRxPulseOrderType extends Infer<typeof wptTxRxPulseOrder> {}
export const WPT_TxRxPulseOrderType = wpt.complexType<WPT_TxRxPulseOrderType>(
  'WPT_TxRxPulseOrderType',
  wptTxRxPulseOrder,
);

const wptTxRxPackageSpecData = sequence({
  PulseSequenceOrder: list(WPT_TxRxPulseOrderType, { min: 2, max: 255 }),
  PulseSeparationTime: xs.unsignedShort,
  PulseDuration: xs.unsignedShort,
  PackageSeparationTime: xs.unsignedShort,
});
export interface WPT_TxRxPackageSpecDataType extends Infer<typeof wptTxRxPackageSpecData> {}
export const WPT_TxRxPackageSpecDataType = wpt.complexType<WPT_TxRxPackageSpecDataType>(
  'WPT_TxRxPackageSpecDataType',
  wptTxRxPackageSpecData,
);

const wptLFTransmitterData = sequence({
  NumberOfTransmitters: xs.unsignedByte,
  SignalFrequency: RationalNumberType,
  TxSpecData: list(WPT_TxRxSpecDataType, { min: 2, max: 255 }),
  TxPackageSpecData: optional(WPT_TxRxPackageSpecDataType),
});
export interface WPT_LF_TransmitterDataType extends Infer<typeof wptLFTransmitterData> {}
export const WPT_LF_TransmitterDataType = wpt.complexType<WPT_LF_TransmitterDataType>(
  'WPT_LF_TransmitterDataType',
  wptLFTransmitterData,
);

const wptLFReceiverData = sequence({
  NumberOfReceivers: xs.unsignedByte,
  RxSpecData: list(WPT_TxRxSpecDataType, { min: 2, max: 255 }),
});
export interface WPT_LF_ReceiverDataType extends Infer<typeof wptLFReceiverData> {}
export const WPT_LF_ReceiverDataType = wpt.complexType<WPT_LF_ReceiverDataType>(
  'WPT_LF_ReceiverDataType',
  wptLFReceiverData,
);

const wptLFSystemSetupData = choice({
  LF_TransmitterSetupData: WPT_LF_TransmitterDataType,
  LF_ReceiverSetupData: WPT_LF_ReceiverDataType,
});
export type WPT_LF_SystemSetupDataType = Infer<typeof wptLFSystemSetupData>;
export const WPT_LF_SystemSetupDataType = wpt.complexType<WPT_LF_SystemSetupDataType>(
  'WPT_LF_SystemSetupDataType',
  wptLFSystemSetupData,
);
