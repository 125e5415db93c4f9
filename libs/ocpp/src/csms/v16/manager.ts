import {
  KNOWN_ACTIONS,
  type StationAction,
  type StationToCsms,
} from '../../messages/v16/actions.ts';
import { checkRequest } from '../../messages/v16/validate.ts';
import { callError } from '../../rpc/error-codes.ts';
import type { CallFrame, JsonObject } from '../../rpc/frame.ts';
import type { CallResponse } from '../../rpc/rpc-machine.ts';
import { timestampOf } from '../../station/v16/queue/queue-rows.ts';
import type { CsmsStore } from '../ports.ts';
import { idTagInfoOf } from './authorization.ts';

export interface ManagerSettings {
  /** Seconds between heartbeats. */
  readonly heartbeatInterval: number;
}

interface Context {
  readonly station: string;
  readonly store: CsmsStore;
  readonly settings: ManagerSettings;
  /** Wall time, milliseconds since 1970. */
  readonly wall: number;
}

type Handler<A extends StationAction> = (
  context: Context,
  request: StationToCsms[A]['request'],
) => Promise<StationToCsms[A]['response']>;

const handlers: { readonly [A in StationAction]: Handler<A> } = {
  async BootNotification({ station, store, settings, wall }, request) {
    await store.boot(station, request, wall);
    return {
      status: 'Accepted',
      currentTime: timestampOf(wall),
      interval: settings.heartbeatInterval,
    };
  },
  async Heartbeat({ wall }) {
    return { currentTime: timestampOf(wall) };
  },
  async Authorize({ store, wall }, { idTag }) {
    return { idTagInfo: idTagInfoOf(await store.token(idTag), wall) };
  },
  async StatusNotification({ station, store, wall }, request) {
    await store.status(station, request, wall);
    return {};
  },
  async StartTransaction({ station, store, wall }, request) {
    const idTagInfo = idTagInfoOf(await store.token(request.idTag), wall);
    // A transaction that has begun is stored whatever the card is worth: it must be billed or chased.
    const transactionId = await store.start({
      station,
      request,
      status: idTagInfo.status,
      at: wall,
    });
    return { idTagInfo, transactionId };
  },
  async StopTransaction({ station, store, wall }, request) {
    await store.stop(station, request, wall);
    const { idTag } = request;
    return idTag === undefined ? {} : { idTagInfo: idTagInfoOf(await store.token(idTag), wall) };
  },
  async MeterValues({ station, store, wall }, request) {
    await store.meterValues(station, request, wall);
    return {};
  },
  async DataTransfer() {
    return { status: 'UnknownVendorId' };
  },
};

const isHandled = (action: string): action is StationAction => Object.hasOwn(handlers, action);

async function handle<A extends StationAction>(
  context: Context,
  action: A,
  payload: JsonObject,
): Promise<CallResponse> {
  const checked = checkRequest(action, payload);
  if (!checked.ok) return { error: checked.error };
  // OCPP-J 1.6 errata 3.8: a station that never booted here is not worked for.
  if (action !== 'BootNotification' && !(await context.store.hasBooted(context.station)))
    return { error: callError('SecurityError', 'BootNotification comes first') };
  const answer = await (handlers[action] as Handler<A>)(context, checked.value);
  return { result: answer as unknown as JsonObject };
}

/** Answers the CALLs of stations; keeps nothing but what is in the store, so that any number may run. */
export interface Manager {
  /** Rejects when the store fails: the station is then told InternalError, and sends again. */
  handle(station: string, call: CallFrame, wall: number): Promise<CallResponse>;
}

export const createManager = (store: CsmsStore, settings: ManagerSettings): Manager => ({
  async handle(station, { action, payload }, wall) {
    if (isHandled(action)) return handle({ station, store, settings, wall }, action, payload);
    return {
      error: KNOWN_ACTIONS.has(action)
        ? callError('NotSupported', 'not offered by this CSMS')
        : callError('NotImplemented', 'unknown action'),
    };
  },
});
