import { enumeration, type Infer, list, sequence } from '@kerbside/exi';
import { wpt } from '../namespaces.ts';

export const WPT_FinePositioningMethodType = wpt.simpleType(
  'WPT_FinePositioningMethodType',
  enumeration('Manual', 'LF_TxEV', 'LF_TxPrimaryDevice', 'LPE', 'Proprietary'),
);
export type WPT_FinePositioningMethodType = Infer<typeof WPT_FinePositioningMethodType>;

const wptFinePositioningMethodList = sequence({
  WPT_FinePositioningMethod: list(WPT_FinePositioningMethodType, { max: 8 }),
});
export interface WPT_FinePositioningMethodListType extends Infer<
  typeof wptFinePositioningMethodList
> {}
export const WPT_FinePositioningMethodListType = wpt.complexType<WPT_FinePositioningMethodListType>(
  'WPT_FinePositioningMethodListType',
  wptFinePositioningMethodList,
);

export const WPT_PairingMethodType = wpt.simpleType(
  'WPT_PairingMethodType',
  enumeration(
    'External confirmation',
    'LPE',
    'LF_TxEV',
    'LF_TxPrimaryDevice',
    'Optical',
    'Proprietary',
  ),
);
export type WPT_PairingMethodType = Infer<typeof WPT_PairingMethodType>;

const wptPairingMethodList = sequence({
  WPT_PairingMethod: list(WPT_PairingMethodType, { max: 8 }),
});
export interface WPT_PairingMethodListType extends Infer<typeof wptPairingMethodList> {}
export const WPT_PairingMethodListType = wpt.complexType<WPT_PairingMethodListType>(
  'WPT_PairingMethodListType',
  wptPairingMethodList,
);

export const WPT_AlignmentCheckMethodType = wpt.simpleType(
  'WPT_AlignmentCheckMethodType',
  enumeration('PowerCheck', 'LPE', 'Proprietary'),
);
export type WPT_AlignmentCheckMethodType = Infer<typeof WPT_AlignmentCheckMethodType>;

const wptAlignmentCheckMethodList = sequence({
  WPT_AlignmentCheckMethod: list(WPT_AlignmentCheckMethodType, { max: 8 }),
});
export interface WPT_AlignmentCheckMethodListType extends Infer<
  typeof wptAlignmentCheckMethodList
> {}
export const WPT_AlignmentCheckMethodListType = wpt.complexType<WPT_AlignmentCheckMethodListType>(
  'WPT_AlignmentCheckMethodListType',
  wptAlignmentCheckMethodList,
);
