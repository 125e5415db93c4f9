import type { BodyElementName, BodyElements, BodyType } from './body.ts';
import type { MessageHeaderType } from './header.ts';
import type { V2G_MessageType } from './v2g-message.ts';

/** The message in a body, with its name: switch on `name`, and `value` is narrowed. */
export type NamedBody = {
  [N in BodyElementName]: { readonly name: N; readonly value: BodyElements[N] };
}[BodyElementName];

/** Puts the message `name` into a frame; `header` adds a notification or a signature. */
export function dinMessage<N extends BodyElementName>(
  sessionId: Uint8Array,
  name: N,
  body: BodyElements[N],
  header: Omit<MessageHeaderType, 'SessionID'> = {},
): V2G_MessageType {
  return { Header: { SessionID: sessionId, ...header }, Body: { [name]: body } as BodyType };
}

/** The message in a frame; `undefined` where the body is empty. */
export function bodyOf(message: V2G_MessageType): NamedBody | undefined {
  for (const [name, value] of Object.entries(message.Body))
    if (value !== undefined) return { name, value } as NamedBody;
  return undefined;
}
