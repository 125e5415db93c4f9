import { numberOf, readKeys } from '../configuration/configuration.ts';
import type { Handler } from './handler.ts';

/** OCPP 1.6 section 5.8 */
export const onGetConfiguration: Handler<'GetConfiguration'> = (turn, { key }, callId) => {
  const { configuration } = turn.state;
  const most = numberOf(configuration, 'GetConfigurationMaxKeys');
  if (key && key.length > most)
    turn.refuse(callId, 'OccurenceConstraintViolation', `more than ${most} keys`);
  else turn.respond(callId, 'GetConfiguration', readKeys(configuration, key));
};
