import { seconds } from '@kerbside/kernel';
import type { CsmsAction, CsmsToStation } from '../messages/v16/actions.ts';
import type { JournalFact } from '../ports.ts';
import type { StationSettings } from '../station/v16/station-settings.ts';
import { StationBench } from './station-bench.ts';

/** The bench of the running test. */
export let bench: StationBench;

/** Makes this the bench of the running test. */
export const use = (made: StationBench): void => void (bench = made);

export const begin = async (settings: Partial<StationSettings> = {}) => {
  bench = new StationBench({ settings });
  for (const evse of [1, 2]) bench.show({ evse });
  await bench.start();
};

/** A command of the CSMS, and the station's answer. */
export async function command<A extends CsmsAction>(
  action: A,
  payload: CsmsToStation[A]['request'],
) {
  const outcome = bench.gateway.command('CP-1', action, payload, seconds(30));
  await bench.run(200);
  return outcome;
}
export const answerTo = async <A extends CsmsAction>(
  action: A,
  payload: CsmsToStation[A]['request'],
) => {
  const outcome = await command(action, payload);
  return outcome.kind === 'answer' ? outcome.answer : outcome;
};
export const configure = (key: string, value: string) =>
  answerTo('ChangeConfiguration', { key, value });

export const at = Date.UTC(2026, 0, 1);
export const meter = (energy: number) => ({ at, energy, power: 0, voltage: [230], current: [0] });
export const started = (transaction = 't1', idToken = 'GOOD', connector = 1): JournalFact => ({
  at,
  type: 'transaction.started',
  data: { transaction, connector, idToken, meter: meter(10) },
});
export const sampled = (transaction = 't1'): JournalFact => ({
  at,
  type: 'meter.sampled',
  data: { transaction, connector: 1, meter: meter(15), context: 'Sample.Periodic' },
});
export const stopped = (transaction = 't1'): JournalFact => ({
  at,
  type: 'transaction.stopped',
  data: { transaction, connector: 1, meterStart: 10, meter: meter(20), reason: 'Local' },
});
export const charging = (evse = 1, key = 't1') =>
  bench.show({ evse, state: 'Charging', transaction: { key, idToken: 'GOOD' }, meter: meter(15) });
export const statuses = () =>
  bench.payloads('StatusNotification').map(({ connectorId, status }) => [connectorId, status]);
/** Lets the CSMS answer these requests of the station so; `undefined` leaves them without an answer. */
function csmsAnswers(
  actions: string | readonly string[],
  answer: (id: string) => string | undefined,
): void {
  bench.network.gateway = {
    ...bench.gateway,
    accept(station, socket) {
      const connection = inner.accept(station, socket);
      return {
        ...connection,
        text(text) {
          const [type, id, name] = JSON.parse(text) as [number, string, string];
          if (type !== 2 || ![actions].flat().includes(name)) connection.text(text);
          else {
            bench.frames.push({ direction: 'in', text });
            const reply = answer(id);
            if (reply !== undefined) socket.send(reply);
          }
        },
      };
    },
  };
}
/** The gateway as it is, behind one that answers in its own way. */
export let inner: StationBench['gateway'];
/** A bench whose CSMS answers some actions in its own way from the start. */
export async function beginWith(
  actions: string | readonly string[],
  answer: (id: string) => string | undefined,
  settings: Partial<StationSettings> = {},
) {
  bench = new StationBench({ settings });
  inner = bench.gateway;
  csmsAnswers(actions, answer);
  for (const evse of [1, 2]) bench.show({ evse });
  await bench.start();
}
export const result = (payload: object) => (id: string) => JSON.stringify([3, id, payload]);
export const bootAnswer = (status: string, interval: number) =>
  result({ status, interval, currentTime: '2026-01-01T00:00:00Z' });
