import type { AnyType, ElementDeclaration, Particle, SimpleType } from '@kerbside/exi';
import { tellGroup, tellSequence } from './xsd.ts';

function tellDatatype({ datatype }: SimpleType<unknown>): string {
  if (datatype.kind === 'boolean') return 'boolean';
  if (datatype.kind === 'enumeration') return `enumeration ${datatype.values.join(' ')}`;
  if (datatype.kind === 'integer') return `integer ${datatype.min ?? ''}..${datatype.max ?? ''}`;
  const facets = Object.entries(datatype.facets).map(([name, value]) => ` ${name}=${value}`);
  return datatype.kind + facets.join('');
}

function tellType(type: AnyType): string {
  if (type.kind === 'complex')
    return type.name === '' ? tellContent(type) : `${type.namespace}#${type.name}`;
  return type.name === '' ? tellDatatype(type) : `${type.name}: ${tellDatatype(type)}`;
}

/** What a complex type holds. */
export function tellContent(type: Extract<AnyType, { kind: 'complex' }>): string {
  const { attributes, particle, text, mixed } = type.content;
  const uses = attributes.map(
    ({ name, type: of, required }) => `@${name}${required ? '' : '?'} ${tellType(of)}; `,
  );
  const told = uses.toSorted().join('');
  if (text) return `${told}text ${tellType(text)}`;
  return `${told}${mixed ? 'mixed ' : ''}${particle ? tellSequence(tellParticle(particle)) : ''}`;
}

function tellParticle(particle: Particle): string[] {
  const times = `{${particle.min},${particle.max === Infinity ? 'unbounded' : particle.max}}`;
  if (particle.kind === 'any') return [`any ${particle.namespace} ${times}`];
  if (particle.kind === 'element') return [`${tellElementParticle(particle)} ${times}`];
  if (particle.kind === 'substitution')
    return [
      `one of [${particle.alternatives.map(tellElementParticle).toSorted().join(' | ')}] ${times}`,
    ];
  return tellGroup(particle.kind, particle.items.map(tellParticle), times);
}

function tellElementParticle(element: Extract<Particle, { kind: 'element' }>): string {
  const abstract = element.dropped ? 'abstract ' : '';
  return `${element.namespace}#${element.name} = ${abstract}${tellType(element.type)}`;
}

export const tellElement = ({ abstract, type }: ElementDeclaration<unknown>): string =>
  `${abstract || (type.kind === 'complex' && type.abstract) ? 'abstract ' : ''}${tellType(type)}`;

/** Every named complex type that the elements reach, with what it holds. */
export function tellTypes(
  elements: readonly ElementDeclaration<unknown>[],
  unreached: readonly AnyType[],
): Map<string, string> {
  const told = new Map<string, string>();
  const visit = (type: AnyType): void => {
    const name = `${type.namespace}#${type.name}`;
    if (type.kind === 'simple' || (type.name !== '' && told.has(name))) return;
    if (type.name !== '') told.set(name, tellContent(type));
    if (type.content.particle) visitParticle(type.content.particle);
  };
  const visitParticle = (particle: Particle): void => {
    if (particle.kind === 'element') visit(particle.type);
    else if (particle.kind === 'substitution') particle.alternatives.forEach(visitParticle);
    else if (particle.kind !== 'any') particle.items.forEach(visitParticle);
  };
  for (const { type } of elements) visit(type);
  for (const type of unreached) visit(type);
  return told;
}
