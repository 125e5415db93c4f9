import { readFileSync } from 'node:fs';
import { runTool } from '../process/run-tool.ts';

/** An address that udhcpd has given. */
export interface Lease {
  readonly address: string;
  readonly mac: string;
  readonly hostname?: string;
}

/** Eight bytes of time, then one entry of this size for each lease. BusyBox networking/udhcp/dhcpd.c */
const ENTRY = 36;
const HEADER = 8;
const hex = (bytes: Uint8Array) =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(':');

/** Reads the leases out of udhcpd's file, which it writes every few seconds. */
export function parseLeases(file: Uint8Array): Lease[] {
  const leases: Lease[] = [];
  for (let at = HEADER; at + ENTRY <= file.length; at += ENTRY) {
    const entry = file.subarray(at, at + ENTRY);
    const address = [...entry.subarray(4, 8)].join('.');
    if (address === '0.0.0.0') continue;
    const name = new TextDecoder('latin1').decode(entry.subarray(14, 34)).split('\0')[0] ?? '';
    const hostname = name.replace(/[^\w.-]/g, '');
    leases.push({
      address,
      mac: hex(entry.subarray(8, 14)),
      ...(hostname ? { hostname } : {}),
    });
  }
  return leases;
}

export function readLeases(file: string): Lease[] {
  try {
    return parseLeases(readFileSync(file));
  } catch {
    return [];
  }
}

/** A neighbour on the EV interface, as the kernel knows it. */
export interface Neighbour {
  readonly address: string;
  readonly mac?: string;
}

/** IPv6 neighbours on an interface that have or had an answer. */
export async function readNeighbours(ip: string, name: string): Promise<Neighbour[]> {
  const text = await runTool(ip, ['-6', '-json', 'neighbour', 'show', 'dev', name]).catch(
    () => '[]',
  );
  const entries = JSON.parse(text.trim() || '[]') as {
    dst: string;
    lladdr?: string;
    state?: string[];
  }[];
  return entries
    .filter(({ state = [] }) => !state.includes('FAILED') && !state.includes('INCOMPLETE'))
    .map(({ dst, lladdr }) => ({ address: dst, ...(lladdr ? { mac: lladdr } : {}) }));
}
