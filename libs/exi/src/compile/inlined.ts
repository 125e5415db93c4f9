import type { TypeGrammar } from '../grammar/state.ts';
import { planOf, REFUSED } from './plan.ts';

/** Fields that a type may have whose content stands in the function of the type that holds it. */
const FIELDS = 4;
/** Fields that a type may have to take others in: more would make its function long. */
const HOST_FIELDS = 12;
const known = new WeakMap<TypeGrammar, boolean>();

/** Whether the function of a type may take the content of others in. */
export const takesIn = (host: TypeGrammar): boolean => host.fields.length <= HOST_FIELDS;

/** Whether all that a type holds are a few fields that are always there, none of them long. */
export function inlined(grammar: TypeGrammar): boolean {
  let answer = known.get(grammar);
  if (answer === undefined) known.set(grammar, (answer = small(grammar)));
  return answer;
}

function small(grammar: TypeGrammar): boolean {
  const plan = planOf(grammar);
  if (plan.steps.length > FIELDS || plan.steps.length === 0) return false;
  return plan.steps.every(({ production, list, exits }, index) => {
    const straight = [...(index === 0 ? [grammar.start] : []), ...exits].every(
      (state) => plan.targets(state).filter((target) => target !== REFUSED).length === 1,
    );
    if (!straight || list || production.event !== 'element') return false;
    const kind = production.content.simple?.datatype.kind;
    return kind === 'boolean' || kind === 'enumeration' || kind === 'integer';
  });
}
