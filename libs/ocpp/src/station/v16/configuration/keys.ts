import type { StationSettings } from '../station-settings.ts';
import { SUPPORTED_MEASURANDS } from '../queue/measurands.ts';

/** How a configuration key reads, and what ChangeConfiguration may write. OCPP 1.6 section 9 */
export type KeyRule =
  | { readonly type: 'boolean'; readonly access: 'RW' | 'R'; readonly value: string }
  | {
      readonly type: 'integer';
      readonly access: 'RW' | 'R';
      readonly value: string;
      readonly minimum: number;
      readonly maximum: number;
    }
  | {
      readonly type: 'list';
      readonly access: 'RW' | 'R';
      readonly value: string;
      /** Whether one item may stand in the list. */
      readonly item: (item: string) => boolean;
    };

const day = 86_400;
const boolean = (value: boolean, access: 'RW' | 'R' = 'RW'): KeyRule => ({
  type: 'boolean',
  access,
  value: String(value),
});
const integer = (
  value: number,
  minimum: number,
  maximum: number,
  access: 'RW' | 'R' = 'RW',
): KeyRule => ({ type: 'integer', access, value: String(value), minimum, maximum });
const list = (value: string, item: (item: string) => boolean, access: 'RW' | 'R' = 'RW') =>
  ({ type: 'list', access, value, item }) as const;
const readOnly = (value: string): KeyRule => list(value, () => false, 'R');

const measurand = (item: string) => SUPPORTED_MEASURANDS.some((each) => each === item);

/** Every key that is offered, in the order in which GetConfiguration lists them. */
export function keyRules(settings: StationSettings): ReadonlyMap<string, KeyRule> {
  const connectors = settings.connectors.length;
  const phaseRotation = (item: string) => {
    const [connector, rotation, rest] = item.split('.');
    return (
      rest === undefined &&
      /^\d{1,3}$/.test(connector ?? '') &&
      Number(connector) <= connectors &&
      /^(NotApplicable|Unknown|RST|RTS|SRT|STR|TRS|TSR)$/.test(rotation ?? '')
    );
  };
  return new Map<string, KeyRule>([
    ['AllowOfflineTxForUnknownId', boolean(false)],
    ['AuthorizationCacheEnabled', boolean(true)],
    ['AuthorizeRemoteTxRequests', boolean(false)],
    // Clock-aligned values are not made: only "off" can be set.
    ['ClockAlignedDataInterval', integer(0, 0, 0)],
    ['ConnectionTimeOut', integer(60, 0, 3600)],
    [
      'ConnectorPhaseRotation',
      list(
        [0, ...settings.connectors.map(({ connector }) => connector)]
          .map((connector) => `${connector}.Unknown`)
          .join(','),
        phaseRotation,
      ),
    ],
    ['GetConfigurationMaxKeys', integer(50, 50, 50, 'R')],
    ['HeartbeatInterval', integer(300, 0, day)],
    ['LocalAuthorizeOffline', boolean(true)],
    ['LocalPreAuthorize', boolean(false)],
    ['MessageTimeout', integer(30, 1, 600)],
    ['MeterValuesAlignedData', list('Energy.Active.Import.Register', measurand)],
    ['MeterValuesSampledData', list('Energy.Active.Import.Register', measurand)],
    ['MeterValueSampleInterval', integer(60, 0, day)],
    ['MinimumStatusDuration', integer(0, 0, 3600)],
    ['NumberOfConnectors', integer(connectors, 0, connectors, 'R')],
    ['ResetRetries', integer(1, 0, 10)],
    ['StopTransactionOnEVSideDisconnect', boolean(true, 'R')],
    ['StopTransactionOnInvalidId', boolean(true)],
    // StopTransaction carries no transactionData: only the empty list can be set.
    ['StopTxnAlignedData', list('', () => false)],
    ['StopTxnSampledData', list('', () => false)],
    ['SupportedFeatureProfiles', readOnly('Core,RemoteTrigger')],
    ['TransactionMessageAttempts', integer(10, 0, 100)],
    ['TransactionMessageRetryInterval', integer(60, 0, 3600)],
    ['UnlockConnectorOnEVSideDisconnect', boolean(true, 'R')],
    ['WebSocketPingInterval', integer(54, 0, 3600)],
  ]);
}
