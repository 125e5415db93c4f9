import { type Infer, sequence } from '@kerbside/exi';
import { BodyType } from './body.ts';
import { MessageHeaderType } from './header.ts';
import { msgDef } from './namespaces.ts';

const v2gMessage = sequence({ Header: MessageHeaderType, Body: BodyType });
/** The frame of every message but the protocol handshake. DIN SPEC 70121 */
export interface V2G_MessageType extends Infer<typeof v2gMessage> {}
export const V2G_MessageType = msgDef.complexType<V2G_MessageType>('', v2gMessage);

export const V2G_Message = msgDef.element('V2G_Message', V2G_MessageType);
