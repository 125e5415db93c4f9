import { enumeration, type Infer, sequence, xs } from '@kerbside/exi';
import { commonTypes } from '../namespaces.ts';

export const evseNotificationType = commonTypes.simpleType(
  'evseNotificationType',
  enumeration(
    'Pause',
    'ExitStandby',
    'Terminate',
    'ScheduleRenegotiation',
    'ServiceRenegotiation',
    'MeteringConfirmation',
  ),
);
export type evseNotificationType = Infer<typeof evseNotificationType>;

const evseStatus = sequence({
  NotificationMaxDelay: xs.unsignedShort,
  EVSENotification: evseNotificationType,
});
export interface EVSEStatusType extends Infer<typeof evseStatus> {}
export const EVSEStatusType = commonTypes.complexType<EVSEStatusType>('EVSEStatusType', evseStatus);
