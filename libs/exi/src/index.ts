export type { Infer, InferMembers } from './schema/typed.ts';
export { enumeration, restriction, type SimpleType, xs } from './schema/simple-type.ts';
export type {
  AnyType,
  ComplexType,
  Content,
  ElementDeclaration,
  SubstitutionGroup,
} from './schema/complex-type.ts';
export { anyElement, list, optional } from './schema/field.ts';
export { choice, extension, mixed, sequence, simpleContent } from './schema/content.ts';
export { xmlNamespace, type XmlNamespace } from './schema/namespace.ts';
export { type Root, schemaSet, type SchemaSet } from './schema/schema-set.ts';
export { ExiValueError } from './errors.ts';
export {
  type CodecOptions,
  type DecodedElement,
  ExiCodec,
  type UntypedCodec,
} from './codec/codec.ts';
export type { FacetMode } from './codec/facets.ts';
export { fromJson } from './json/from-json.ts';
export { type Json, toJson } from './json/to-json.ts';
export {
  type DescribedOccurrence,
  describeElement,
  describeSet,
  type Description,
  type SimpleDescription,
} from './explain/describe.ts';
export { explain, type ExplainedNode, type Explanation } from './explain/explain.ts';
export { type ReceivedElement, receivedElements } from './explain/received.ts';
export type { Span } from './explain/spans.ts';
export type { Facets } from './explain/type-words.ts';
export type { Particle } from './schema/particle.ts';
