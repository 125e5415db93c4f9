import { EventEmitter } from 'node:events';
import type { Server } from 'node:http';
import { expect, it } from 'vitest';
import { boundPeers, peerOf } from './peer-bound.ts';

class Connection extends EventEmitter {
  destroyed = false;
  constructor(readonly remoteAddress: string | undefined) {
    super();
  }
  destroy(): void {
    this.destroyed = true;
    this.emit('close');
  }
}

function bounded(most: number): (from: string | undefined) => Connection {
  const server = new EventEmitter();
  boundPeers(server as unknown as Server, most);
  return (from) => {
    const connection = new Connection(from);
    server.emit('connection', connection);
    return connection;
  };
}

it.each([
  ['10.0.0.9', '10.0.0.9'],
  ['::ffff:10.0.0.9', '10.0.0.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2::6', '2001:db8:1:2'],
  ['2001:db8::6', '2001:db8:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['::1', '0:0:0:0'],
])('counts %s for %s', (address, peer) => {
  expect(peerOf(address)).toBe(peer);
});

it('closes what a peer opens beyond its bound, whatever address of its network it takes', () => {
  const connect = bounded(2);
  const [first, second, third] = ['2001:db8::1', '2001:db8::2', '2001:db8::3'].map(connect);
  expect([first, second, third].map((one) => one?.destroyed)).toEqual([false, false, true]);
  expect(connect('2001:db8:0:1::1').destroyed).toBe(false);
  expect(connect('10.0.0.9').destroyed).toBe(false);
});

it('has room again once one of them has closed, and only then', () => {
  const connect = bounded(1);
  const held = connect('10.0.0.9');
  expect(connect('10.0.0.9').destroyed).toBe(true);
  expect(connect('10.0.0.9').destroyed).toBe(true);
  held.emit('close');
  expect(connect('10.0.0.9').destroyed).toBe(false);
});

it.each(['127.0.0.1', '::ffff:127.0.0.1', '::1', undefined])('does not bind %s', (address) => {
  const connect = bounded(1);
  connect(address);
  expect(connect(address).destroyed).toBe(false);
});
