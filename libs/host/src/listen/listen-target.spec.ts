import { describe, expect, it } from 'vitest';
import { listenTarget, parseListenAddress } from './listen-target.ts';

const fallback = { host: '127.0.0.1', port: 8080 };

describe('listenTarget', () => {
  it('takes the first passed descriptor', () => {
    expect(listenTarget({ LISTEN_FDS: '1' }, fallback)).toEqual({ fd: 3 });
  });
  it('falls back where nothing is passed, or nonsense', () => {
    for (const LISTEN_FDS of [undefined, '0', '', '-1', 'x']) {
      expect(listenTarget({ LISTEN_FDS }, fallback)).toEqual(fallback);
    }
  });
  it('leaves descriptors alone that are meant for another process', () => {
    expect(listenTarget({ LISTEN_FDS: '1', LISTEN_PID: '1' }, fallback)).toEqual(fallback);
    const own = String(process.pid);
    expect(listenTarget({ LISTEN_FDS: '1', LISTEN_PID: own }, fallback)).toEqual({ fd: 3 });
  });
  it('picks one of several by name', () => {
    const env = { LISTEN_FDS: '2', LISTEN_FDNAMES: 'web:ocpp' };
    expect(listenTarget(env, fallback, 'ocpp')).toEqual({ fd: 4 });
    expect(listenTarget(env, fallback, 'metrics')).toEqual(fallback);
    expect(listenTarget({ ...env, LISTEN_FDS: '1' }, fallback, 'ocpp')).toEqual(fallback);
  });
});

describe('parseListenAddress', () => {
  it.each([
    ['8080', { host: '127.0.0.1', port: 8080 }],
    ['0.0.0.0:80', { host: '0.0.0.0', port: 80 }],
    ['[::1]:9000', { host: '::1', port: 9000 }],
    ['localhost:1', { host: 'localhost', port: 1 }],
  ])('reads %s', (text, address) => {
    expect(parseListenAddress(text)).toEqual(address);
  });
  it.each(['', ':80', '::1:80', '80a', '99999', 'a b:1x'])('refuses %j', (text) => {
    expect(() => parseListenAddress(text)).toThrow('not an address');
  });
});
