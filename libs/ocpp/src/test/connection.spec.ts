import { settle } from '@kerbside/kernel/testing';
import { describe, expect, it } from 'vitest';
import { StationBench } from '../testing/index.ts';
import { bench, begin, configure, use } from '../testing/station-scenario.ts';

describe('the connection', () => {
  it('waits longer with each failure, with jitter, and says why and until when', async () => {
    use(
      new StationBench({
        settings: { backoff: { minimum: 3, repeats: 3, randomRange: 10 } },
      }),
    );
    bench.network.up = false;
    await bench.start();
    await bench.run(600_000, 500);
    const { attempts, phase, nextRetry, reason } = bench.station.status();
    expect(phase).toBe('waiting');
    expect(reason).toBe('refused');
    expect(nextRetry).toBeGreaterThan(bench.clock.now());
    expect(attempts).toHaveLength(10);
    const waits = attempts
      .slice(1)
      .map((attempt, index) => attempt.at - (attempts[index]?.at ?? 0));
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(24_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(34_001);
    expect(new Set(waits).size).toBeGreaterThan(3);
  });

  it('is found dead by a ping without a pong', async () => {
    await begin();
    bench.network.answersPings = false;
    await bench.run(54_500, 500);
    expect(bench.station.status().phase).toBe('accepted');
    await bench.run(6_000, 500);
    expect(bench.network.connections).toBe(2);
  });

  it('needs no pings when they are off', async () => {
    await begin({ defaults: { WebSocketPingInterval: '0' } });
    bench.network.answersPings = false;
    await bench.run(250_000, 1_000);
    expect(bench.network.connections).toBe(1);
  });

  it('is found dead without pings by two CALLs that nothing answered', async () => {
    await begin({ defaults: { WebSocketPingInterval: '0', HeartbeatInterval: '20' } });
    await configure('HeartbeatInterval', '20');
    bench.network.blackHole = true;
    await bench.run(55_000, 500);
    expect(bench.network.connections).toBe(1);
    await bench.run(50_000, 500);
    expect(bench.network.connections).toBe(2);
    expect(bench.station.status().attempts.at(-2)?.detail).toBe(
      'no answer to anything: the connection is dead',
    );
  });

  it('is given up and made anew when told so', async () => {
    await begin();
    bench.station.reconnect('other credentials');
    await bench.run(2_000);
    expect(bench.network.connections).toBe(2);
    expect(bench.station.status().phase).toBe('accepted');
  });

  it('leaves no timer behind when the station stops', async () => {
    await begin();
    bench.station.stop();
    bench.gateway.stop('over');
    await settle();
    expect(bench.clock.pending).toBe(0);
    expect(await bench.station.authorize('GOOD', 1)).toEqual({
      status: 'Invalid',
      from: 'offline',
    });
  });
});
