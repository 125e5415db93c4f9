import type { ElementDeclaration, SubstitutionGroup } from './complex-type.ts';

/** The head and its members; a head that may stand for itself is listed among the members too. */
export function elementsOfGroup(
  group: SubstitutionGroup<unknown>,
): readonly ElementDeclaration<unknown>[] {
  const { head, members } = group;
  return [head, ...members.filter(({ name }) => name !== head.name)];
}
