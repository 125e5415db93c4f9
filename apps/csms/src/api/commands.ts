import { seconds } from '@kerbside/kernel';
import { checkRequest, type CsmsAction, type CsmsToStation, type Gateway } from '@kerbside/ocpp';
import { Problem } from './problem.ts';

/** The commands of a station: path segment and action; the body is the payload of the action. */
export const COMMANDS: Readonly<Record<string, CsmsAction>> = {
  'remote-start': 'RemoteStartTransaction',
  'remote-stop': 'RemoteStopTransaction',
  reset: 'Reset',
  'unlock-connector': 'UnlockConnector',
  'change-availability': 'ChangeAvailability',
  'get-configuration': 'GetConfiguration',
  'change-configuration': 'ChangeConfiguration',
  'trigger-message': 'TriggerMessage',
  'clear-cache': 'ClearCache',
  'data-transfer': 'DataTransfer',
};

const ANSWER_WITHIN = seconds(30);

/** Sends a command and waits for the station's own answer. */
export async function sendCommand(
  gateway: Gateway,
  station: string,
  action: CsmsAction,
  body: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const checked = checkRequest(action, body);
  if (!checked.ok) throw new Problem(400, 'payload', checked.error.description);
  const payload = checked.value as CsmsToStation[CsmsAction]['request'];
  const outcome = await gateway.command(station, action, payload, ANSWER_WITHIN);
  switch (outcome.kind) {
    case 'answer':
      return outcome.answer;
    case 'error':
      throw new Problem(502, 'call-error', outcome.description || outcome.code, {
        errorCode: outcome.code,
      });
    case 'offline':
      throw new Problem(409, 'station-offline', `${station} is not connected`);
    case 'timeout':
      throw new Problem(504, 'no-answer', `${station} gave no answer in time`);
  }
}
