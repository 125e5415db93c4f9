import { choice, type Infer, optional, sequence, xs } from '@kerbside/exi';
import { sessionIDType } from '../common-types/header.ts';
import { MeterInfoType } from '../common-types/meter-info.ts';
import { ReceiptType } from '../common-types/receipt.ts';
import { numericIDType } from '../common-types/simple-types.ts';
import { commonMessages } from '../namespaces.ts';

const scheduledSMDTControlMode = sequence({ SelectedScheduleTupleID: numericIDType });
export interface Scheduled_SMDTControlModeType extends Infer<typeof scheduledSMDTControlMode> {}
export const Scheduled_SMDTControlModeType =
  commonMessages.complexType<Scheduled_SMDTControlModeType>(
    'Scheduled_SMDTControlModeType',
    scheduledSMDTControlMode,
  );

const dynamicSMDTControlMode = sequence({});
export interface Dynamic_SMDTControlModeType extends Infer<typeof dynamicSMDTControlMode> {}
export const Dynamic_SMDTControlModeType = commonMessages.complexType<Dynamic_SMDTControlModeType>(
  'Dynamic_SMDTControlModeType',
  dynamicSMDTControlMode,
);

const signedMeteringData = sequence(
  {
    SessionID: sessionIDType,
    MeterInfo: MeterInfoType,
    Receipt: optional(ReceiptType),
    mode: choice({
      Dynamic_SMDTControlMode: Dynamic_SMDTControlModeType,
      Scheduled_SMDTControlMode: Scheduled_SMDTControlModeType,
    }),
  },
  { Id: xs.ID },
);
export type SignedMeteringDataType = Infer<typeof signedMeteringData>;
export const SignedMeteringDataType = commonMessages.complexType<SignedMeteringDataType>(
  'SignedMeteringDataType',
  signedMeteringData,
);

export const SignedMeteringData = commonMessages.element(
  'SignedMeteringData',
  SignedMeteringDataType,
);
