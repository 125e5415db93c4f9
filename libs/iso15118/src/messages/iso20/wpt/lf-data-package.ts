import { choice, type Infer, sequence, xs } from '@kerbside/exi';
import { RationalNumberType } from '../common-types/rational-number.ts';
import { numericIDType } from '../common-types/simple-types.ts';
import { wpt } from '../namespaces.ts';

const wptLFTxData = sequence({ TxIdentifier: numericIDType, EIRP: RationalNumberType });
export interface WPT_LF_TxDataType extends Infer<typeof wptLFTxData> {}
export const WPT_LF_TxDataType = wpt.complexType<WPT_LF_TxDataType>(
  'WPT_LF_TxDataType',
  wptLFTxData,
);

const wptLFTxDataList = sequence({ WPT_LF_TxDataList: WPT_LF_TxDataType });
export interface WPT_LF_TxDataListType extends Infer<typeof wptLFTxDataList> {}
export const WPT_LF_TxDataListType = wpt.complexType<WPT_LF_TxDataListType>(
  'WPT_LF_TxDataListType',
  wptLFTxDataList,
);

const wptLFRxRSSI = sequence({ TxIdentifier: numericIDType, RSSI: RationalNumberType });
export interface WPT_LF_RxRSSIType extends Infer<typeof wptLFRxRSSI> {}
export const WPT_LF_RxRSSIType = wpt.complexType<WPT_LF_RxRSSIType>(
  'WPT_LF_RxRSSIType',
  wptLFRxRSSI,
);

const wptLFRxRSSIList = sequence({ RSSIDataList: WPT_LF_RxRSSIType });
export interface WPT_LF_RxRSSIListType extends Infer<typeof wptLFRxRSSIList> {}
export const WPT_LF_RxRSSIListType = wpt.complexType<WPT_LF_RxRSSIListType>(
  'WPT_LF_RxRSSIListType',
  wptLFRxRSSIList,
);

const wptLFRxData = sequence({ RxIdentifier: numericIDType, RSSIData: WPT_LF_RxRSSIListType });
export interface WPT_LF_RxDataType extends Infer<typeof wptLFRxData> {}
export const WPT_LF_RxDataType = wpt.complexType<WPT_LF_RxDataType>(
  'WPT_LF_RxDataType',
  wptLFRxData,
);

const wptLFRxDataList = sequence({ WPT_LF_RxDataList: WPT_LF_RxDataType });
export interface WPT_LF_RxDataListType extends Infer<typeof wptLFRxDataList> {}
export const WPT_LF_RxDataListType = wpt.complexType<WPT_LF_RxDataListType>(
  'WPT_LF_RxDataListType',
  wptLFRxDataList,
);

const wptLFDataPackage = sequence({
  PackageIndex: xs.unsignedByte,
  data: choice({ LF_TxData: WPT_LF_TxDataListType, LF_RxData: WPT_LF_RxDataListType }),
});
export type WPT_LF_DataPackageType = Infer<typeof wptLFDataPackage>;
export const WPT_LF_DataPackageType = wpt.complexType<WPT_LF_DataPackageType>(
  'WPT_LF_DataPackageType',
  wptLFDataPackage,
);

const wptLFDataPackageList = sequence({
  NumPackages: xs.unsignedByte,
  WPT_LF_DataPackage: WPT_LF_DataPackageType,
});
export interface WPT_LF_DataPackageListType extends Infer<typeof wptLFDataPackageList> {}
export const WPT_LF_DataPackageListType = wpt.complexType<WPT_LF_DataPackageListType>(
  'WPT_LF_DataPackageListType',
  wptLFDataPackageList,
);
