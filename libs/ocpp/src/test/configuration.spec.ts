import { beforeEach, describe, expect, it } from 'vitest';
import { bench, begin, answerTo, configure } from '../testing/station-scenario.ts';

describe('configuration', () => {
  beforeEach(() => begin());

  it.each([
    ['NoSuchKey', '1', 'NotSupported'],
    ['NumberOfConnectors', '3', 'Rejected'],
    ['SupportedFeatureProfiles', 'Core', 'Rejected'],
    ['HeartbeatInterval', 'soon', 'Rejected'],
    ['HeartbeatInterval', '-1', 'Rejected'],
    ['HeartbeatInterval', '60', 'Accepted'],
    ['WebSocketPingInterval', '-1', 'Rejected'],
    ['WebSocketPingInterval', '0', 'Accepted'],
    ['LocalPreAuthorize', 'yes', 'Rejected'],
    ['LocalPreAuthorize', 'TRUE', 'Accepted'],
    ['MeterValuesSampledData', 'Voltage, SoC', 'Accepted'],
    ['MeterValuesSampledData', 'Voltage,Nonsense', 'Rejected'],
    ['ConnectorPhaseRotation', '1.RST,2.STR', 'Accepted'],
    ['ConnectorPhaseRotation', '3.RST', 'Rejected'],
    ['ClockAlignedDataInterval', '900', 'Rejected'],
    ['StopTxnSampledData', '', 'Accepted'],
    ['heartbeatinterval', '60', 'NotSupported'],
  ])('%s = "%s" is %s', async (key, value, status) => {
    expect(await configure(key, value)).toEqual({ status });
  });

  it('is on disk before it is Accepted, tells the charger, and survives a restart', async () => {
    await configure('MeterValuesSampledData', 'Voltage, SoC');
    expect(bench.disk.settings.get('config.MeterValuesSampledData')).toBe('Voltage,SoC');
    expect(bench.configured).toContainEqual(['MeterValuesSampledData', 'Voltage,SoC']);
    await bench.restartStation();
    expect(bench.station.configuration('MeterValuesSampledData')).toBe('Voltage,SoC');
    bench.disk.failing = true;
    expect(await configure('MeterValueSampleInterval', '10')).toEqual({ status: 'Rejected' });
    expect(bench.station.configuration('MeterValueSampleInterval')).toBe('60');
  });

  it('takes effect on a running timer', async () => {
    await configure('HeartbeatInterval', '10');
    await bench.run(11_000);
    expect(bench.received.at(-1)).toBe('Heartbeat');
  });

  it('GetConfiguration names all keys, or those asked for, and refuses too many', async () => {
    const all = await answerTo('GetConfiguration', {});
    expect(all).toMatchObject({
      configurationKey: expect.arrayContaining([
        { key: 'SupportedFeatureProfiles', readonly: true, value: 'Core,RemoteTrigger' },
        { key: 'NumberOfConnectors', readonly: true, value: '2' },
      ]) as unknown,
    });
    expect(await answerTo('GetConfiguration', { key: ['Foo', 'heartbeatInterval'] })).toEqual({
      configurationKey: [{ key: 'HeartbeatInterval', readonly: false, value: '300' }],
      unknownKey: ['Foo'],
    });
    const many = Array.from({ length: 51 }, (_, index) => `k${index}`);
    expect(await answerTo('GetConfiguration', { key: many })).toMatchObject({
      code: 'OccurenceConstraintViolation',
    });
  });

  it('has every key that the Core profile makes mandatory', async () => {
    for (const key of [
      'AuthorizeRemoteTxRequests',
      'ClockAlignedDataInterval',
      'ConnectionTimeOut',
      'ConnectorPhaseRotation',
      'GetConfigurationMaxKeys',
      'HeartbeatInterval',
      'LocalAuthorizeOffline',
      'LocalPreAuthorize',
      'MeterValuesAlignedData',
      'MeterValuesSampledData',
      'MeterValueSampleInterval',
      'NumberOfConnectors',
      'ResetRetries',
      'StopTransactionOnInvalidId',
      'StopTxnAlignedData',
      'StopTxnSampledData',
      'SupportedFeatureProfiles',
      'TransactionMessageAttempts',
      'TransactionMessageRetryInterval',
      'UnlockConnectorOnEVSideDisconnect',
    ])
      expect(await answerTo('GetConfiguration', { key: [key] }), key).not.toHaveProperty(
        'unknownKey',
      );
  });
});
