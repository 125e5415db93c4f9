import { createSocket } from 'node:dgram';
import { afterEach, describe, expect, it } from 'vitest';
import { PortError, type Cancel } from '@kerbside/kernel';
import { ipv6FromText } from '@kerbside/iso15118';
import { systemClock } from '../system/system-clock.ts';
import { freePort } from '../testing/index.ts';
import { discoverSecc } from './sdp-client.ts';
import { createSdpServer } from './sdp-server.ts';

const clean: Cancel[] = [];
afterEach(() => {
  for (const cancel of clean.splice(0)) cancel();
});

const answer = { address: ipv6FromText('fe80::7'), port: 4711, security: 'none' } as const;

describe('SDP over the loopback address', () => {
  it('answers a request and passes a malformed datagram on to the journal', async () => {
    const loopbackPort = await freePort();
    const server = createSdpServer({ loopbackPort }, systemClock);
    clean.push(() => server.close());
    const asked: string[] = [];
    const malformed: string[] = [];
    server.open({
      onRequest: (request) => {
        asked.push(request.security);
        return answer;
      },
      onMalformed: (error) => malformed.push((error as PortError).code),
      onFailure: (error) => malformed.push(error.message),
    });
    const stranger = createSocket('udp6');
    clean.push(() => stranger.close());
    stranger.send(Uint8Array.of(1, 2, 3), loopbackPort, '::1');
    const found = await discoverSecc({ loopbackPort }, 'tls', systemClock).found;
    expect({ ...found, address: [...found.address] }).toEqual({
      ...answer,
      address: [...answer.address],
    });
    expect(asked).toEqual(['tls']);
    expect(malformed).toEqual(['v2gtp.inverse']);
  });

  it('says that a second charger holds the port', async () => {
    const loopbackPort = await freePort();
    const holder = createSocket('udp6');
    clean.push(() => holder.close());
    await new Promise<void>((resolve) => holder.bind(loopbackPort, '::1', resolve));
    const server = createSdpServer({ loopbackPort }, systemClock);
    clean.push(() => server.close());
    const error = await new Promise<Error>((onFailure) =>
      server.open({ onRequest: () => answer, onMalformed: () => {}, onFailure }),
    );
    expect((error as PortError).code).toBe('sdp.bind');
    expect(error.message).toContain('EADDRINUSE');
  });

  it('gives up after the last request without an answer, and on cancel', async () => {
    const loopbackPort = await freePort();
    await expect(
      discoverSecc({ loopbackPort }, 'none', systemClock, 2).found,
    ).rejects.toMatchObject({ code: 'sdp.no-answer' });
    const search = discoverSecc({ loopbackPort }, 'none', systemClock);
    search.cancel();
    await expect(search.found).rejects.toMatchObject({ code: 'sdp.cancelled' });
  });
});
