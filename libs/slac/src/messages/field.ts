import { fromHex, type Reader, Secret, WireError, type Writer } from '@kerbside/kernel';

/** What a field may need to know of the frame around it. */
export interface FieldContext {
  /** Version of the management message: 0 is HomePlug AV 1.0, 1 is 1.1, 2 is 2.0. */
  readonly mmv: number;
  /** The fields before this one, by name. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Set by the first optional field that the frame is too short for: none follows it. */
  ended: boolean;
}

/** One field of a management message; `write` takes anything and refuses what does not fit with `WireError`. */
export interface Field<T, Optional extends boolean = boolean> {
  readonly optional: Optional;
  read(reader: Reader, name: string, context: FieldContext): T | undefined;
  write(writer: Writer, value: unknown, name: string, context: FieldContext): void;
  /** Keeps the value's type; never set. */
  readonly value?: T;
}
export type Fields = Readonly<Record<string, Field<unknown>>>;
/** Fields in the order of the frame. */
export type FieldList = readonly (readonly [name: string, field: Field<unknown>])[];
export const listOf = (fields: Fields): FieldList => Object.entries(fields);

type ValueOf<F> = F extends Field<infer T> ? T : never;
type RequiredKeys<F extends Fields> = {
  [K in keyof F]: F[K] extends Field<unknown, false> ? K : never;
}[keyof F];
/** The value of a set of fields. */
export type Infer<F extends Fields> = { readonly [K in RequiredKeys<F>]: ValueOf<F[K]> } & {
  readonly [K in Exclude<keyof F, RequiredKeys<F>>]?: ValueOf<F[K]>;
};

export function refuse(name: string, reason: string, writer: Writer): never {
  throw new WireError('slac.field', `${name}: ${reason}`, { offset: writer.length });
}

function required<T>(
  read: (reader: Reader, name: string, context: FieldContext) => T,
  write: (writer: Writer, value: unknown, name: string, context: FieldContext) => void,
): Field<T, false> {
  return { optional: false, read, write };
}

function unsigned(
  bytes: 1 | 2 | 4,
  read: (reader: Reader, name: string) => number,
): Field<number, false> {
  return required(read, (writer, value, name) => {
    const limit = 256 ** bytes;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value >= limit)
      refuse(name, `a whole number from 0 to ${limit - 1} is needed`, writer);
    if (bytes === 1) writer.u8(value);
    else if (bytes === 2) writer.u16le(value);
    else writer.u32le(value);
  });
}

export const u8 = unsigned(1, (reader, name) => reader.u8(name));
export const u16le = unsigned(2, (reader, name) => reader.u16le(name));
export const u32le = unsigned(4, (reader, name) => reader.u32le(name));

export function hexValue(value: unknown, length: number, name: string, writer: Writer): Uint8Array {
  if (typeof value !== 'string') refuse(name, `${length} bytes as hex are needed`, writer);
  let bytes: Uint8Array;
  try {
    bytes = fromHex(value);
  } catch (error) {
    refuse(name, error instanceof WireError ? error.reason : 'not hex', writer);
  }
  if (bytes.length !== length)
    refuse(name, `${length} bytes are needed, ${bytes.length} are given`, writer);
  return bytes;
}

/** A byte string, held as lower-case hex. */
export const bytes = (length: number): Field<string, false> =>
  required(
    (reader, name) => reader.hex(length, name),
    (writer, value, name) => writer.put(hexValue(value, length, name, writer)),
  );

/** A MAC address, held as `02:00:00:00:ee:01`. */
export const mac: Field<string, false> = required(
  (reader, name) => reader.hex(6, name, ':'),
  (writer, value, name) => writer.put(hexValue(value, 6, name, writer)),
);

/** Key material: held as a `Secret`, which prints as `***`. */
export const key = (length: number): Field<Secret<Uint8Array>, false> =>
  required(
    (reader, name) => new Secret(reader.take(length, name)),
    (writer, value, name) => {
      const plain: unknown = value instanceof Secret ? value.reveal() : value;
      if (plain instanceof Uint8Array) {
        if (plain.length !== length) refuse(name, `${length} bytes are needed`, writer);
        writer.put(plain);
      } else writer.put(hexValue(plain, length, name, writer));
    },
  );

function writeText(writer: Writer, value: unknown, length: number, name: string): void {
  if (typeof value !== 'string' || value.length > length || /[^\0-\xff]/.test(value))
    refuse(name, `a text of at most ${length} characters of one byte is needed`, writer);
  for (let i = 0; i < value.length; i++) writer.u8(value.charCodeAt(i));
  writer.zeros(length - value.length);
}
const latin1 = (bytes: Uint8Array) => Array.from(bytes, (b) => String.fromCharCode(b)).join('');

/** Text of one byte a character; zeros behind it are padding. */
export const text = (length: number): Field<string, false> =>
  required(
    (reader, name) => latin1(reader.take(length, name)).replace(/\0+$/, ''),
    (writer, value, name) => writeText(writer, value, length, name),
  );

export const countOf = (context: FieldContext, by: string): number => {
  const count = context.values[by];
  return typeof count === 'number' ? count : 0;
};

/** Text whose length is the field `by`. */
export const countedText = (by: string): Field<string, false> =>
  required(
    (reader, name, context) => latin1(reader.take(countOf(context, by), name)),
    (writer, value, name, context) => {
      const count = countOf(context, by);
      if (typeof value !== 'string' || value.length !== count)
        refuse(name, `its length must be ${by} (${count})`, writer);
      writeText(writer, value, count, name);
    },
  );

/** As many bytes as the field `by` says, held as hex; not there in a frame that is too short for them. */
export const countedBytes = (by: string): Field<string, true> => ({
  optional: true,
  read(reader, name, context) {
    const count = countOf(context, by);
    return reader.left < count ? undefined : reader.hex(count, name);
  },
  write(writer, value, name, context) {
    if (value !== undefined) writer.put(hexValue(value, countOf(context, by), name, writer));
  },
});

/** One byte for each of the field `by`, as numbers. */
export const levels = (by: string): Field<readonly number[], false> =>
  required(
    (reader, name, context) => Array.from(reader.take(countOf(context, by), name)),
    (writer, value, name, context) => {
      const count = countOf(context, by);
      if (!Array.isArray(value) || value.length !== count)
        refuse(name, `a list of ${by} (${count}) numbers is needed`, writer);
      value.forEach((level, i) => u8.write(writer, level, `${name}[${i}]`, context));
    },
  );

/** Two 4-bit entries in each byte, as many entries as the field `by` says; held as hex. */
export const nibbles = (by: string): Field<string, false> =>
  required(
    (reader, name, context) => reader.hex((countOf(context, by) + 1) >> 1, name),
    (writer, value, name, context) =>
      writer.put(hexValue(value, (countOf(context, by) + 1) >> 1, name, writer)),
  );

/** A record for each of the field `by`. */
export const records = <F extends Fields>(
  by: string,
  fields: F,
): Field<readonly Infer<F>[], false> => {
  const ordered = listOf(fields);
  return required(
    (reader, name, context) => {
      const list: Infer<F>[] = [];
      for (let i = countOf(context, by); i > 0; i--) {
        const record = {};
        readFields(ordered, reader, context.mmv, record, `${name}[${list.length}].`);
        list.push(record as Infer<F>);
      }
      return list;
    },
    (writer, value, name, context) => {
      const count = countOf(context, by);
      if (!Array.isArray(value) || value.length !== count)
        refuse(name, `a list of ${by} (${count}) records is needed`, writer);
      value.forEach((record: unknown, i) =>
        writeFields(ordered, writer, record, context.mmv, `${name}[${i}].`),
      );
    },
  );
};

/** A field that is there only in frames of the message versions that `when` accepts. */
export const inVersion = <T>(
  when: (mmv: number) => boolean,
  field: Field<T, false>,
): Field<T, true> => ({
  optional: true,
  read: (reader, name, context) =>
    when(context.mmv) ? field.read(reader, name, context) : undefined,
  write(writer, value, name, context) {
    if (when(context.mmv)) field.write(writer, value, name, context);
    else if (value !== undefined) refuse(name, `not in version ${context.mmv}`, writer);
  },
});

/** A field that shorter frames leave out, together with all behind it; `needs` bytes must be left for it. */
export const tail = <T>(needs: number, field: Field<T, false>): Field<T, true> => ({
  optional: true,
  read(reader, name, context) {
    if (context.ended || reader.left < needs) {
      context.ended = true;
      return undefined;
    }
    return field.read(reader, name, context);
  },
  write(writer, value, name, context) {
    if (value === undefined) context.ended = true;
    else if (context.ended) refuse(name, 'a field before it is missing', writer);
    else field.write(writer, value, name, context);
  },
});

/** Reads fields into `values`. */
export function readFields(
  fields: FieldList,
  reader: Reader,
  mmv: number,
  values: Record<string, unknown>,
  prefix = '',
): void {
  const context: FieldContext = { mmv, values, ended: false };
  for (const [name, field] of fields) {
    const value = field.read(reader, prefix + name, context);
    if (value !== undefined) values[name] = value;
  }
}

export function writeFields(
  fields: FieldList,
  writer: Writer,
  record: unknown,
  mmv: number,
  prefix = '',
): void {
  if (typeof record !== 'object' || record === null) refuse(prefix, 'an object is needed', writer);
  const values = record as Readonly<Record<string, unknown>>;
  const context: FieldContext = { mmv, values, ended: false };
  for (const [name, field] of fields) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined && !field.optional) refuse(prefix + name, 'missing', writer);
    field.write(writer, value, prefix + name, context);
  }
}
