import { fromHex, Writer } from '@kerbside/kernel';
import type { Attempt } from './attempt.ts';

const MAGIC_MICROSECONDS = 0xa1b2c3d4;
const LINKTYPE_ETHERNET = 1;
const SNAPLEN = 65_535;

/** The frames of an attempt as a capture file (pcap, Ethernet), keys zeroed as they are in the attempt. */
export function pcapOf({ began, frames }: Pick<Attempt, 'began' | 'frames'>): Uint8Array {
  const writer = new Writer(4096);
  writer.u32le(MAGIC_MICROSECONDS);
  writer.u16le(2);
  writer.u16le(4);
  writer.u32le(0);
  writer.u32le(0);
  writer.u32le(SNAPLEN);
  writer.u32le(LINKTYPE_ETHERNET);
  for (const { at, hex, length } of frames) {
    const microseconds = Math.round((began + at) * 1000);
    const bytes = fromHex(hex);
    writer.u32le(Math.floor(microseconds / 1_000_000));
    writer.u32le(microseconds % 1_000_000);
    writer.u32le(bytes.length);
    writer.u32le(length);
    writer.put(bytes);
  }
  return writer.done();
}
