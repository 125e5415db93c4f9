import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addVethPair, spawnInNamespace, waitForLinkLocal } from '@kerbside/host';
import { describe, expect, it } from 'vitest';
import { countPackets, startCapture } from '../support/capture.ts';
import { cleanup } from '../support/cleanup.ts';
import { noNamespaces } from '../support/repository.ts';
import { follow } from '../support/running.ts';

const SEND = (address: string): string =>
  `const s = require('dgram').createSocket('udp6');
   s.send('x', 15118, '${address}%ev0', () => s.send('x', 15118, '${address}%ev0', () => s.close()));`;

describe.skipIf(noNamespaces)('a capture (needs root, for network namespaces)', () => {
  const made = cleanup();

  it('holds each packet that crossed the cable', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kbt-capture-'));
    made.add(() => rmSync(folder, { recursive: true }));
    const [a, b] = [await made.namespace('a'), await made.namespace('b')];
    await addVethPair(
      { namespace: a, name: 'ev0', linkLocal: 'at-once' },
      { namespace: b, name: 'ev0', linkLocal: 'at-once' },
    );
    await waitForLinkLocal('ev0', { namespace: a });
    const peer = await waitForLinkLocal('ev0', { namespace: b });
    const capture = await startCapture(join(folder, 'cable.pcap'), 'ev0', b);
    const sender = follow(
      spawnInNamespace(a, process.execPath, ['-e', SEND(peer)], {
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );
    expect(await sender.ended()).toBe(0);
    await capture.stop();
    expect(await countPackets(capture.file, 'udp.dstport == 15118 && !icmpv6')).toBe(2);
    expect(await countPackets(capture.file, 'udp.dstport == 15119')).toBe(0);
  });
});
