import type { AnyType, Content } from '../schema/complex-type.ts';
import type { ElementParticle, Particle } from '../schema/particle.ts';
import type { FieldInfo } from './state.ts';

/** Each element that a particle may hold, with whether it may come more than once. */
export function* elementsOf(
  particle: Particle | undefined,
  repeated = false,
): Generator<{ readonly element: ElementParticle; readonly list: boolean }> {
  if (!particle || particle.kind === 'any') return;
  const list = repeated || particle.max > 1;
  if (particle.kind === 'element') yield { element: particle, list };
  else if (particle.kind === 'substitution')
    for (const element of particle.alternatives) yield { element, list };
  else for (const item of particle.items) yield* elementsOf(item, list);
}

/** The keys of a value in the order of the wire: attributes by name, children as declared, text. */
export function fieldsOf(content: Content<unknown>): FieldInfo[] {
  const fields = new Map<string, FieldInfo>();
  const add = (key: string, kind: FieldInfo['kind'], type: AnyType, list: boolean): void => {
    if (!fields.has(key)) fields.set(key, { key, kind, type, list });
  };
  const attributes = content.attributes.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name, type } of attributes) add(name, 'attribute', type, false);
  for (const { element, list } of elementsOf(content.particle))
    if (!element.dropped) add(element.name, 'element', element.type, list);
  if (content.text) add('value', 'text', content.text, false);
  return [...fields.values()];
}
