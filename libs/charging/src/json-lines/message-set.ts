import { WireError } from '@kerbside/kernel';
import { type Fields, type FieldsValue, readFields } from './fields.ts';
import { jsonFault } from './json-fault.ts';

/** The messages of one direction of a line protocol: JSON objects told apart by the text at `tag`. */
export interface MessageSet<Message> {
  /** A message, or a WireError with the column (`offset`) or the field (`path`) that is wrong. Never throws. */
  parse(line: string): Message | WireError;
  /** One line, newline included. */
  write(message: Message): string;
}
export type MessageOf<S> = S extends MessageSet<infer Message> ? Message : never;

type Declared = { readonly [name: string]: Fields };
type Messages<Tag extends string, D extends Declared> = {
  [Name in keyof D & string]: { readonly [T in Tag]: Name } & FieldsValue<D[Name]>;
}[keyof D & string];

/** Declares a message set: types, parser and writer derive from the one declaration. */
export function messageSet<const Tag extends string, D extends Declared>(
  tag: Tag,
  declared: D,
): MessageSet<Messages<Tag, D>> {
  return {
    parse(line) {
      const fault = jsonFault(line);
      if (fault !== undefined)
        return new WireError('line.json', `not JSON at column ${fault + 1}`, { offset: fault });
      const value: unknown = JSON.parse(line);
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        return new WireError('line.object', 'not a JSON object', { offset: 0 });
      const name = (value as Record<string, unknown>)[tag];
      const fields =
        typeof name === 'string' && Object.hasOwn(declared, name) ? declared[name] : undefined;
      if (fields === undefined)
        return new WireError(
          'line.unknown',
          `"${tag}" is not one of ${Object.keys(declared).join(', ')}`,
          { offset: 0, path: tag },
        );
      try {
        const read = readFields(fields, value as Record<string, unknown>, '');
        return { [tag]: name, ...read } as Messages<Tag, D>;
      } catch (error) {
        if (error instanceof WireError) return error;
        throw error;
      }
    },
    write: (message) => `${JSON.stringify(message)}\n`,
  };
}
