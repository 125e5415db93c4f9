import { extension, type Infer } from '@kerbside/exi';
import { V2GRequestType, V2GResponseType } from '../common-types/header.ts';
import { commonMessages } from '../namespaces.ts';
import { SignedMeteringDataType } from './signed-metering-data.ts';

const meteringConfirmationReq = extension(V2GRequestType, {
  SignedMeteringData: SignedMeteringDataType,
});
/** EV to EVSE: the signed confirmation of a meter reading. ISO 15118-20 */
export interface MeteringConfirmationReqType extends Infer<typeof meteringConfirmationReq> {}
export const MeteringConfirmationReqType = commonMessages.complexType<MeteringConfirmationReqType>(
  'MeteringConfirmationReqType',
  meteringConfirmationReq,
);

export const MeteringConfirmationReq = commonMessages.element(
  'MeteringConfirmationReq',
  MeteringConfirmationReqType,
);

const meteringConfirmationRes = extension(V2GResponseType, {});
/** EVSE to EV: whether the confirmation is accepted. ISO 15118-20 */
export interface MeteringConfirmationResType extends Infer<typeof meteringConfirmationRes> {}
export const MeteringConfirmationResType = commonMessages.complexType<MeteringConfirmationResType>(
  'MeteringConfirmationResType',
  meteringConfirmationRes,
);

export const MeteringConfirmationRes = commonMessages.element(
  'MeteringConfirmationRes',
  MeteringConfirmationResType,
);
