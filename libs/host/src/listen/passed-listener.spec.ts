import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import {
  openNextFreeListener,
  openPassedListener,
  type PassedListener,
} from './passed-listener.ts';

const opened: PassedListener[] = [];
const keep = (listener: PassedListener): PassedListener => {
  opened.push(listener);
  return listener;
};
afterEach(() => {
  for (const listener of opened.splice(0)) listener.close();
});

const ECHO_ONCE = `
  const server = require('net').createServer((c) => { c.end('served by a child'); server.close(); });
  server.listen({ fd: 3 });
`;

describe('openPassedListener', () => {
  it.each(['127.0.0.1', '::1'])(
    '%s: a child serves what connected before it was there',
    async (host) => {
      const listener = keep(openPassedListener({ host, port: 0 }));
      expect(listener.port).toBeGreaterThan(0);
      const socket = connect({ host, port: listener.port });
      await once(socket, 'connect');
      const child = spawn(process.execPath, ['-e', ECHO_ONCE], {
        stdio: ['ignore', 'inherit', 'inherit', listener.fd],
      });
      const [text] = (await once(socket, 'data')) as [Buffer];
      expect(text.toString()).toBe('served by a child');
      await once(child, 'exit');
    },
  );

  it('says that a port is taken', () => {
    const first = keep(openPassedListener({ host: '127.0.0.1', port: 0 }));
    expect(() => openPassedListener({ host: '127.0.0.1', port: first.port })).toThrowError(
      expect.objectContaining({ code: 'address-in-use' }),
    );
  });

  it('takes the next free port where that is wanted', () => {
    const first = keep(openPassedListener({ host: '127.0.0.1', port: 0 }));
    const next = keep(openNextFreeListener({ host: '127.0.0.1', port: first.port }));
    expect(next.port).toBeGreaterThan(first.port);
  });

  it('says that an address is not of this machine, or none', () => {
    expect(() => openPassedListener({ host: '203.0.113.77', port: 0 })).toThrowError(
      expect.objectContaining({ code: 'address-not-here' }),
    );
    expect(() => openPassedListener({ host: 'nowhere', port: 0 })).toThrow('not an IP address');
  });
});
