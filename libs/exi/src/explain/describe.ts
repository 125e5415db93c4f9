import type { AnyType, ElementDeclaration } from '../schema/complex-type.ts';
import type { ElementParticle, Occurrence, Particle } from '../schema/particle.ts';
import type { SchemaSet } from '../schema/schema-set.ts';
import type { SimpleType } from '../schema/simple-type.ts';
import { baseName, type Facets, facetsOf, typeName } from './type-words.ts';

/** What a simple type allows. */
export interface SimpleDescription {
  /** A built-in type of XML Schema, or `enumeration`. */
  readonly base: string;
  readonly facets: Facets;
  /** The words of an enumeration, in the order of the schema. */
  readonly values?: readonly string[];
  readonly unit?: string;
}

/** A part of a message: what it is called, how often it comes and what it holds. It is plain JSON. */
export type Description =
  | (DescribedOccurrence & {
      readonly kind: 'element' | 'attribute' | 'text';
      readonly name: string;
      /** The type in the words of the schema. */
      readonly type: string;
      readonly namespace?: string;
      /** An abstract head: peers may send it, it is read and dropped. */
      readonly abstract?: true;
      readonly simple?: SimpleDescription;
      readonly children?: readonly Description[];
      /** The type is described further up. */
      readonly recursive?: true;
    })
  | (DescribedOccurrence & {
      readonly kind: 'sequence' | 'choice' | 'substitution';
      /** The head of a substitution group. */
      readonly name?: string;
      readonly children: readonly Description[];
    })
  | (DescribedOccurrence & { readonly kind: 'any'; readonly namespace: string });

export interface DescribedOccurrence {
  readonly min: number;
  readonly max: number | 'unbounded';
}

/** Describes a global element of a schema set as a tree. */
export function describeElement(element: ElementDeclaration<unknown>): Description {
  const { name, namespace, type, abstract } = element;
  const particle = { name, namespace, type, dropped: abstract, min: 1, max: 1 };
  return elementOf({ kind: 'element', ...particle }, []);
}

/** Describes the documents of a schema set, in the order of their declaration. */
export function describeSet(set: SchemaSet<unknown>): Description[] {
  return set.globals.filter(({ name }) => set.rootNames.includes(name)).map(describeElement);
}

const occurs = ({ min, max }: Occurrence): DescribedOccurrence => ({
  min,
  max: max === Infinity ? 'unbounded' : max,
});

export function describeSimple(type: SimpleType<unknown>): SimpleDescription {
  const { datatype, unit } = type;
  return {
    base: baseName(type),
    facets: facetsOf(type),
    ...(datatype.kind === 'enumeration' && { values: datatype.values }),
    ...(unit !== undefined && { unit }),
  };
}

function elementOf(particle: ElementParticle, above: readonly AnyType[]): Description {
  const { name, namespace, type, dropped } = particle;
  return {
    kind: 'element',
    name,
    type: typeName(type),
    ...(namespace !== undefined && { namespace }),
    ...occurs(particle),
    ...(dropped && { abstract: true as const }),
    ...contentOf(type, above),
  };
}

function contentOf(type: AnyType, above: readonly AnyType[]) {
  if (type.kind === 'simple') return { simple: describeSimple(type) };
  if (above.includes(type)) return { recursive: true as const };
  const { attributes, particle, text } = type.content;
  const children: Description[] = attributes.map(({ name, type: of, required }) => ({
    kind: 'attribute',
    name,
    type: typeName(of),
    ...occurs({ min: required ? 1 : 0, max: 1 }),
    simple: describeSimple(of),
  }));
  if (text)
    children.push({
      kind: 'text',
      name: 'value',
      type: typeName(text),
      ...occurs({ min: 1, max: 1 }),
      simple: describeSimple(text),
    });
  if (particle) children.push(...partsOf(particle, [...above, type]));
  return { children };
}

/** A sequence that comes once says nothing: its parts stand for it. */
function partsOf(particle: Particle, above: readonly AnyType[]): Description[] {
  switch (particle.kind) {
    case 'any':
      return [{ kind: 'any', namespace: particle.namespace, ...occurs(particle) }];
    case 'element':
      return [elementOf(particle, above)];
    case 'substitution': {
      const children = particle.alternatives.map((one) => elementOf(one, above));
      return [{ kind: 'substitution', name: particle.head, ...occurs(particle), children }];
    }
    default: {
      const children = particle.items.flatMap((item) => partsOf(item, above));
      const plain = particle.kind === 'sequence' && particle.min === 1 && particle.max === 1;
      return plain ? children : [{ kind: particle.kind, ...occurs(particle), children }];
    }
  }
}
