import { isDeepStrictEqual } from 'node:util';
import { type AnyType, ExiCodec, fromJson, toJson, type UntypedCodec } from '@kerbside/exi';
import { GrammarCoverage, randomValue } from '@kerbside/exi/testing';
import { toHex } from '@kerbside/kernel';
import { SeededRandom } from '@kerbside/kernel/testing';
import { xmldsigSet } from '@kerbside/pki';
import { describe, expect, it } from 'vitest';
import { din, iso2, iso20, sapCodec } from '../src/index.ts';

const VALUES = Number(process.env['KERBSIDE_EXI_VALUES'] ?? 5000);
const SEED = Number(process.env['KERBSIDE_SEED'] ?? 15118);
/** From here on every production must have been taken. */
const ENOUGH_FOR_ALL = 1_000_000;

/** A message, or an element as a fragment of its set. */
interface Kind {
  readonly name: string;
  readonly make: (random: SeededRandom) => unknown;
  /** What is wrong with the value after its way through bytes, and through JSON. */
  readonly lost: (value: unknown) => string | undefined;
  readonly visit: (coverage: GrammarCoverage, value: unknown) => void;
  readonly type: AnyType;
}

function throughJson(type: AnyType, value: unknown): boolean {
  const json: unknown = JSON.parse(JSON.stringify(toJson(type, value)));
  return isDeepStrictEqual(fromJson(type, json), value);
}

function message(codec: UntypedCodec, name: string, root: string, make: Kind['make']): Kind {
  const type = codec.rootType(root);
  return {
    name: `${codec.set.name} ${name}`,
    type,
    make,
    visit: (coverage, value) => coverage.visit(type, value),
    lost(value) {
      const bytes = codec.encodeDocument(root, value);
      const decoded = codec.decodeDocument(bytes, { facets: 'exact' });
      if (decoded.element !== root || !isDeepStrictEqual(decoded.value, value)) return toHex(bytes);
      return throughJson(type, value) ? undefined : `JSON of ${toHex(bytes)}`;
    },
  };
}

/** All messages of a set, those in a body one by one. */
function messages(codec: UntypedCodec): Kind[] {
  return codec.set.rootNames.map((root) =>
    message(codec, root, root, (random) => randomValue(codec.rootType(root), random)),
  );
}

function bodies(
  codec: UntypedCodec,
  header: AnyType,
  members: readonly { readonly name: string; readonly type: AnyType }[],
): Kind[] {
  return members.map(({ name, type }) =>
    message(codec, name, 'V2G_Message', (random) => ({
      Header: randomValue(header, random),
      Body: { [name]: randomValue(type, random) },
    })),
  );
}

/** SignatureProperty holds nothing but elements of foreign schemas: no value has it. */
const fillable = ({ name }: { readonly name: string }): boolean =>
  !name.startsWith('SignatureProp');

/** Every element of a set; under a name with several types each of these. */
function fragments(codec: UntypedCodec): Kind[] {
  return codec
    .fragmentElements()
    .filter(fillable)
    .flatMap(({ name, types }) =>
      types.map((type): Kind => {
        const relaxed = types.length > 1;
        return {
          name: `${codec.set.name} fragment ${name}`,
          type,
          make: (random) => randomValue(type, random),
          visit: (coverage, value) => coverage.visit(type, value),
          lost(value) {
            const bytes = codec.encodeFragment(name, type, value);
            const decoded = codec.decodeFragment(bytes, { facets: 'exact' });
            // in the relaxed grammar a simple value is text, of whatever type
            const expected =
              relaxed && type.kind === 'simple' ? textOfJson(toJson(type, value)) : value;
            return isDeepStrictEqual(decoded.value, expected) ? undefined : toHex(bytes);
          },
        };
      }),
    );
}

const textOfJson = (json: unknown): string => String(json);

const xmldsigCodec: UntypedCodec = new ExiCodec(xmldsigSet);

interface SetUnderTest {
  readonly name: string;
  readonly documents: readonly Kind[];
  readonly fragments: readonly Kind[];
}

const SETS: readonly SetUnderTest[] = [
  { codec: sapCodec, documents: messages(sapCodec) },
  {
    codec: din.dinCodec,
    documents: bodies(din.dinCodec, din.MessageHeaderType, din.BodyElement.members),
  },
  {
    codec: iso2.iso2Codec,
    documents: bodies(iso2.iso2Codec, iso2.MessageHeaderType, iso2.BodyElement.members),
  },
  ...[
    iso20.commonMessagesCodec,
    iso20.acCodec,
    iso20.dcCodec,
    iso20.acdpCodec,
    iso20.wptCodec,
    xmldsigCodec,
  ].map((codec: UntypedCodec) => ({ codec, documents: messages(codec) })),
].map(({ codec, documents }: { codec: UntypedCodec; documents: readonly Kind[] }) => ({
  name: codec.set.name,
  documents,
  fragments: fragments(codec),
}));

/** Messages hold many of the elements that fragments are made of: they take half of the values. */
function turn({ documents, fragments: elements }: SetUnderTest): readonly Kind[] {
  const times = Math.ceil(elements.length / documents.length);
  return [...Array.from({ length: times }, () => documents).flat(), ...elements];
}
const TURN = SETS.flatMap(turn).length;

describe(`${VALUES} random values of every message and fragment, seed ${SEED}`, () => {
  it.each(SETS)(
    '$name: bytes and JSON give them back as they were',
    { timeout: 60_000 + VALUES * 10 },
    async (set) => {
      const random = new SeededRandom(SEED);
      const kinds = turn(set);
      const runs = Math.ceil((VALUES * kinds.length) / TURN);
      const stride = Math.max(1, kinds.length / runs);
      const coverage = new GrammarCoverage(kinds.map(({ type }) => type));
      /** The last tenth of a long run goes to the kinds that can still take what none took before. */
      const late = VALUES >= ENOUGH_FOR_ALL ? Math.floor(runs * 0.9) : runs;
      let open: readonly Kind[] = [];
      const lost: string[] = [];
      const seen = new Set<Kind>();
      for (let run = 0; run < runs && lost.length < 10; run++) {
        if (run % 500 === 499) await new Promise(setImmediate); // the runner wants to hear of us
        if (run === late) open = kinds.filter(({ type }) => coverage.mightAdd(type));
        // less than one turn takes kinds from all over
        const kind = open[run % open.length] ?? kinds[Math.floor(run * stride) % kinds.length];
        if (!kind) continue;
        const value = kind.make(random);
        const what = kind.lost(value);
        if (what !== undefined) lost.push(`${kind.name}: ${what}`);
        kind.visit(coverage, value);
        seen.add(kind);
      }
      expect(lost).toEqual([]);
      const missed = coverage.missed();
      process.stdout.write(
        `${set.name}: ${runs} values of ${seen.size} kinds (${set.documents.length} messages, ` +
          `${set.fragments.length} fragments), ${coverage.taken} of ${coverage.all} productions taken\n`,
      );
      if (VALUES >= ENOUGH_FOR_ALL) expect(missed).toEqual([]);
    },
  );
});
