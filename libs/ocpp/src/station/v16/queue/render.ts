import type { QueuedMessage } from '../../../ports.ts';

/** What stands for the transactionId of a Start that the CSMS never acknowledged. */
export const UNKNOWN_TRANSACTION_ID = -1;

/** `minus-one` as the standard says; `drop` for a CSMS that chokes on it. OCPP 1.6 section 3.7.1 */
export type UnacknowledgedStart = 'minus-one' | 'drop';

export type Rendered = { readonly payload: string } | { readonly drop: string };

/** The payload of the message at the head, byte for byte as it goes out at each try. */
export function render(message: QueuedMessage, policy: UnacknowledgedStart): Rendered {
  if (message.action === 'StartTransaction' || message.action === 'DataTransfer')
    return { payload: message.body };
  const { transactionId } = message;
  if (transactionId === undefined && policy === 'drop')
    return { drop: 'the CSMS never acknowledged the start of its transaction' };
  // Every row before this one is done or dropped: an id that is missing now never comes.
  try {
    const body = JSON.parse(message.body) as Record<string, unknown>;
    return {
      payload: JSON.stringify({ ...body, transactionId: transactionId ?? UNKNOWN_TRANSACTION_ID }),
    };
  } catch {
    return { drop: 'its row on disk is not readable' };
  }
}
