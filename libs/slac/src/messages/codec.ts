import { fromHex, Reader, toHex, WireError, Writer } from '@kerbside/kernel';
import { candidatesFor, definitionOf, type Mme, type Sendable } from './catalogue.ts';
import { hexValue, mac, readFields, refuse, u16le, u8, writeFields } from './field.ts';
import { ETHERTYPE, type MmeDefinition } from './mme.ts';

/** The shortest Ethernet frame, without its check sequence. */
export const MIN_FRAME = 60;
/** Longer ones are not management messages. */
export const MAX_FRAME = 2048;

/** Decodes one Ethernet frame; throws `WireError` and nothing else. An unknown message is `UNKNOWN`. */
export function decodeFrame(bytes: Uint8Array): Mme {
  if (bytes.length > MAX_FRAME)
    throw new WireError('slac.long', `${bytes.length} bytes, at most ${MAX_FRAME} are allowed`, {
      offset: MAX_FRAME,
    });
  const reader = new Reader(bytes);
  const ODA = reader.hex(6, 'ODA', ':');
  const OSA = reader.hex(6, 'OSA', ':');
  if (reader.u16be('ethertype') !== ETHERTYPE)
    throw new WireError('slac.ethertype', 'the EtherType is not 0x88E1', { offset: 12 });
  const MMV = reader.u8('MMV');
  const mmtype = reader.u16le('MMTYPE');
  const frame: Record<string, unknown> = { name: 'UNKNOWN', ODA, OSA, MMV };
  if (MMV > 0) frame.FMI = reader.u16le('FMI');
  const definition = choose(mmtype, reader, MMV);
  if (!definition) {
    frame.MMTYPE = mmtype;
    frame.payload = reader.hex(reader.left);
    frame.trailing = '';
    return frame as unknown as Mme;
  }
  frame.name = definition.name;
  if (definition.oui !== undefined) frame.OUI = reader.hex(3, 'OUI');
  readFields(definition.list, reader, MMV, frame);
  frame.trailing = reader.hex(reader.left);
  return frame as unknown as Mme;
}

function choose(mmtype: number, reader: Reader, mmv: number): MmeDefinition | undefined {
  const candidates = candidatesFor(mmtype);
  const [only] = candidates;
  if (candidates.length === 1 && only?.oui === undefined && mmtype < VENDOR_TYPES)
    return only?.versions(mmv) === true ? only : undefined;
  const oui = toHex(reader.bytes.subarray(reader.offset, reader.offset + 3));
  const found = candidates.find(
    (d) => (d.oui === undefined || d.oui === oui) && d.versions(mmv) && !foreign(d, oui),
  );
  if (!found && oui.length < 6 && candidates.some((d) => d.oui !== undefined))
    throw new WireError('bytes.short', 'the vendor of the message is cut off', {
      offset: reader.offset,
    });
  return found;
}
/** Message types from here on are the vendors' own. */
const VENDOR_TYPES = 0xa000;
/** A vendor's type without OUI is not for frames that carry another vendor's. */
const foreign = (definition: MmeDefinition, oui: string) =>
  definition.oui === undefined && definition.mmtype >= VENDOR_TYPES && oui === '00b052';

/** Encodes a frame; without `trailing` it is padded with zeros to 60 bytes. Throws `WireError` on a bad value. */
export function encodeFrame(frame: Sendable): Uint8Array {
  return encodeUnknown(frame);
}

/** Encodes what may not be a frame at all: every field is checked. */
export function encodeUnknown(value: unknown): Uint8Array {
  const writer = new Writer(MIN_FRAME);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    refuse('frame', 'an object is needed', writer);
  const frame = value as Readonly<Record<string, unknown>>;
  const name = frame.name;
  if (typeof name !== 'string') refuse('name', 'the name of a message is needed', writer);
  const definition = name === 'UNKNOWN' ? undefined : definitionOf(name);
  if (!definition && name !== 'UNKNOWN') refuse('name', `"${name}" is not a message`, writer);
  refuseStrangers(frame, definition, writer);
  writeHeader(frame, definition, writer);
  if (definition) writeFields(definition.list, writer, frame, mmvOf(frame, definition));
  else if (typeof frame.payload !== 'string') refuse('payload', 'hex is needed', writer);
  else writer.put(anyHex(frame.payload, 'payload', writer));
  if (frame.trailing === undefined) writer.zeros(Math.max(0, MIN_FRAME - writer.length));
  else if (typeof frame.trailing === 'string')
    writer.put(anyHex(frame.trailing, 'trailing', writer));
  else refuse('trailing', 'hex is needed', writer);
  if (writer.length > MAX_FRAME) refuse('frame', `over ${MAX_FRAME} bytes`, writer);
  return writer.done();
}

const mmvOf = (frame: Readonly<Record<string, unknown>>, definition: MmeDefinition | undefined) =>
  typeof frame.MMV === 'number' ? frame.MMV : (definition?.mmv ?? 1);

const anyHex = (text: string, name: string, writer: Writer) =>
  hexValue(text, text.replace(/[\s:-]/g, '').length >> 1, name, writer);

const headerNames = new Set(['name', 'ODA', 'OSA', 'MMV', 'FMI', 'OUI', 'trailing']);
const unknownNames = new Set(['MMTYPE', 'payload']);
function refuseStrangers(
  frame: Readonly<Record<string, unknown>>,
  definition: MmeDefinition | undefined,
  writer: Writer,
): void {
  for (const name of Object.keys(frame)) {
    if (headerNames.has(name)) continue;
    const known = definition ? Object.hasOwn(definition.fields, name) : unknownNames.has(name);
    if (!known) refuse(name, 'not a field of this message', writer);
  }
}

function writeHeader(
  frame: Readonly<Record<string, unknown>>,
  definition: MmeDefinition | undefined,
  writer: Writer,
): void {
  const context = { mmv: 0, values: {}, ended: false };
  mac.write(writer, frame.ODA, 'ODA', context);
  mac.write(writer, frame.OSA, 'OSA', context);
  writer.u16be(ETHERTYPE);
  const mmv = mmvOf(frame, definition);
  u8.write(writer, frame.MMV ?? mmv, 'MMV', context);
  if (definition && !definition.versions(mmv))
    refuse('MMV', `${definition.name} has another layout in version ${mmv}`, writer);
  u16le.write(writer, definition?.mmtype ?? frame.MMTYPE, 'MMTYPE', context);
  if (mmv > 0) u16le.write(writer, frame.FMI ?? 0, 'FMI', context);
  else if (frame.FMI !== undefined) refuse('FMI', 'not in version 0', writer);
  if (definition?.oui === undefined) {
    if (frame.OUI !== undefined) refuse('OUI', 'not a field of this message', writer);
  } else {
    if (frame.OUI !== undefined && frame.OUI !== definition.oui)
      refuse('OUI', `must be ${definition.oui}`, writer);
    writer.put(fromHex(definition.oui));
  }
}
