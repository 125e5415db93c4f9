import type { AnyType, AttributeUse, ComplexType, Content } from './complex-type.ts';
import { elementsOfGroup } from './element-group.ts';
import type { Attributes, ChoiceValue, Field, Fields, Item, SequenceValue } from './field.ts';
import type { ElementParticle, GroupParticle, Occurrence, Particle } from './particle.ts';
import type { SimpleType } from './simple-type.ts';
import type { Flat } from './typed.ts';

const ONCE: Occurrence = { min: 1, max: 1 };

function elementParticle(name: string, item: Item, occurs: Occurrence): ElementParticle {
  const { min, max } = occurs;
  if (item.kind !== 'element')
    return { kind: 'element', name, namespace: undefined, type: item, dropped: false, min, max };
  const { namespace, type, abstract } = item;
  return {
    kind: 'element',
    name: item.name,
    namespace,
    type,
    dropped: abstract || isAbstract(type),
    min,
    max,
  };
}

const isAbstract = (type: AnyType): boolean => type.kind === 'complex' && type.abstract;

const byName = (a: ElementParticle, b: ElementParticle): number =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : (a.namespace ?? '') < (b.namespace ?? '') ? -1 : 1;

function particleOf(name: string, field: Field, occurs: Occurrence): Particle {
  if (field.kind === 'any') return field;
  if (field.kind === 'occurs') return particleOf(name, field.of, field);
  const { min, max } = occurs;
  if (field.kind === 'content') {
    if (field.attributes.length > 0 || field.text || field.mixed)
      throw new TypeError(`${name}: a group of children has neither attributes nor text`);
    const inner = field.particle ?? { kind: 'sequence', items: [], ...ONCE };
    return min === 1 && max === 1 ? inner : { kind: 'sequence', items: [inner], min, max };
  }
  if (field.kind !== 'group') return elementParticle(name, field, occurs);
  // the head keeps its code even where it is abstract
  const alternatives = elementsOfGroup(field)
    .map((element) => elementParticle(element.name, element, ONCE))
    .toSorted(byName);
  return { kind: 'substitution', head: field.head.name, alternatives, min, max };
}

/** `__proto__` is no key: as a literal it is lost, and the value that has it would get another prototype. */
function named<T extends object>(declared: T): T {
  const prototype: unknown = Object.getPrototypeOf(declared);
  if (
    Object.hasOwn(declared, '__proto__') ||
    (prototype !== Object.prototype && prototype !== null)
  )
    throw new TypeError('__proto__ names no element or attribute');
  return declared;
}

function attributeUses(attributes: Attributes): AttributeUse[] {
  return Object.entries(named(attributes)).map(([name, use]) =>
    use.kind === 'occurs'
      ? { name, type: use.of, required: false }
      : { name, type: use, required: true },
  );
}

function content<V>(parts: Partial<Omit<Content<V>, 'kind'>>): Content<V> {
  const empty = { attributes: [], particle: undefined, text: undefined, mixed: false };
  return { kind: 'content', ...empty, ...parts };
}

function group(kind: 'sequence' | 'choice', fields: Fields): GroupParticle {
  const items = Object.entries(named(fields)).map(([name, field]) => particleOf(name, field, ONCE));
  return { kind, items, ...ONCE };
}

/** Children in this order. Keys are the local names of elements; the key of a group is only a label. */
export function sequence<const F extends Fields, const A extends Attributes = Record<never, never>>(
  fields: F,
  attributes?: A,
): Content<SequenceValue<F & A>> {
  return content({
    attributes: attributeUses(attributes ?? {}),
    particle: group('sequence', fields),
  });
}

/** Exactly one of these children. */
export function choice<const F extends Fields, const A extends Attributes = Record<never, never>>(
  fields: F,
  attributes?: A,
): Content<Flat<ChoiceValue<F> & SequenceValue<A>>> {
  return content({
    attributes: attributeUses(attributes ?? {}),
    particle: group('choice', fields),
  });
}

/** The children of `base`, then these; where `base` has text, its text with more attributes. */
export function extension<
  B,
  const F extends Fields,
  const A extends Attributes = Record<never, never>,
>(base: ComplexType<B>, fields: F, attributes?: A): Content<Flat<B & SequenceValue<F & A>>> {
  const inherited = base.content;
  const own = group('sequence', fields);
  if (inherited.text && own.items.length > 0)
    throw new TypeError(`${base.name} has text: no children can follow`);
  const items = inherited.particle ? [inherited.particle, own] : [own];
  return content({
    attributes: [...inherited.attributes, ...attributeUses(attributes ?? {})],
    particle: inherited.text ? undefined : { kind: 'sequence', items, ...ONCE },
    text: inherited.text,
    mixed: inherited.mixed,
  });
}

/** Text with attributes; the text is the key `value`. */
export function simpleContent<V, const A extends Attributes>(
  text: SimpleType<V>,
  attributes: A,
): Content<Flat<{ readonly value: V } & SequenceValue<A>>> {
  return content({ attributes: attributeUses(attributes), text });
}

/** Untyped text may stand between the children; it is not kept. */
export function mixed<V>(of: Content<V>): Content<V> {
  return { ...of, mixed: true };
}
