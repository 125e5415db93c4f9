import type { Handler } from './handler.ts';

/** No vendor's extension is offered. OCPP 1.6 section 5.6 */
export const onDataTransfer: Handler<'DataTransfer'> = (turn, _request, callId) =>
  turn.respond(callId, 'DataTransfer', { status: 'UnknownVendorId' });
