import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** One message that an encoder other than ours made; the fields are those of the collection's README. */
export interface ExiVector {
  readonly id: string;
  readonly protocol: string;
  readonly message: string | null;
  readonly tag: string;
  readonly tier: 'core' | 'spec' | 'decode-only' | 'negative';
  readonly direction: 'both' | 'decode';
  readonly exiHex: string;
  readonly expected: Readonly<Record<string, unknown>> | null;
  readonly note: string;
}

const fixtures = fileURLToPath(new URL('fixtures/exi/', import.meta.url));
/** Beside the repository; not everybody has it. */
export const SHARED_DATA = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));
const shared = `${SHARED_DATA}exi-vectors/`;

const read = (file: string): ExiVector[] => JSON.parse(readFileSync(file, 'utf8')) as ExiVector[];

/** The files of vectors in the repository. */
export const fixtureNames = (): string[] =>
  readdirSync(fixtures)
    .map((file) => file.replace('.json', ''))
    .toSorted();

export const fixtureVectors = (name: string): ExiVector[] => read(`${fixtures}${name}.json`);

/** A message of a foreign EV or charger, captured between them. */
export interface CapturedMessage {
  readonly capture: string;
  readonly protocol: string;
  readonly exiHex: string;
}

/** The distinct messages between a foreign EV and charger over virtual Ethernet, those over TLS decrypted. */
export const capturedVectors = (): CapturedMessage[] =>
  JSON.parse(readFileSync(`${fixtures}../captured-josev.json`, 'utf8')) as CapturedMessage[];

/** The files of vectors that are only beside the repository; none where the folder is absent. */
export const sharedNames = (): string[] =>
  existsSync(shared)
    ? readdirSync(shared)
        .filter((file) => file.endsWith('.json') && !existsSync(fixtures + file))
        .map((file) => file.replace('.json', ''))
        .toSorted()
    : [];

/** Vectors that are not in the repository; none where the folder is absent. */
export const sharedVectors = (name: string): ExiVector[] =>
  existsSync(`${shared}${name}.json`) ? read(`${shared}${name}.json`) : [];

/** Without the children that no schema expects: what stands there is read and dropped. */
export function withoutAny(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(withoutAny);
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(
    Object.entries(json).flatMap(([key, value]) =>
      key === '$any' ? [] : [[key, withoutAny(value)]],
    ),
  );
}

export function byMessage(vectors: readonly ExiVector[]): [string, ExiVector[]][] {
  const groups = new Map<string, ExiVector[]>();
  for (const vector of vectors) {
    const message = vector.message ?? 'not a message';
    groups.set(message, [...(groups.get(message) ?? []), vector]);
  }
  return [...groups];
}
