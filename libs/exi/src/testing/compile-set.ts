import { compilerHere } from '../compile/compiler.ts';
import { setGrammarOf } from '../grammar/set-grammar.ts';
import { grammarOf } from '../grammar/type-grammar.ts';
import type { SchemaSet } from '../schema/schema-set.ts';

/** Makes at once what is otherwise made when it is first needed: how to read and to write every complex type of a set. */
export function compileSet(set: SchemaSet<unknown>): void {
  const compiler = compilerHere();
  if (!compiler) return;
  for (const { types } of setGrammarOf(set).fragments)
    for (const type of types) {
      if (type.kind === 'simple') continue;
      compiler.decoders.tolerant.of(grammarOf(type));
      compiler.encoders.exact.of(grammarOf(type));
    }
}
