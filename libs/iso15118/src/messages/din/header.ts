import { type Infer, optional, sequence } from '@kerbside/exi';
import { Signature } from '@kerbside/pki';
import { sessionIDType } from './identifiers.ts';
import { msgHeader } from './namespaces.ts';
import { NotificationType } from './response-code.ts';

const messageHeader = sequence({
  SessionID: sessionIDType,
  Notification: optional(NotificationType),
  Signature: optional(Signature),
});
export interface MessageHeaderType extends Infer<typeof messageHeader> {}
export const MessageHeaderType = msgHeader.complexType<MessageHeaderType>(
  'MessageHeaderType',
  messageHeader,
);
