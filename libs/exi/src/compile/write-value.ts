import type { Coding } from '../codec/coding.ts';
import type { FacetMode } from '../codec/facets.ts';
import { type FunctionSource, quoted } from './function-source.ts';
import { bounds } from './read-value.ts';
import type { WriteRun } from './write-run.ts';

/** So many words are compared one after the other. */
const COMPARED = 8;
const SHORT = 2 ** 21;
const INT = 2 ** 31;
const LONG = 2n ** 63n - 1n;

/** Writes a value of a simple type, after checking that it is one. */
export function writeValue(
  coding: Coding,
  value: string,
  mode: FacetMode,
  source: FunctionSource,
  run: WriteRun,
): void {
  const call = (write: string, more: string): void => {
    run.flush();
    source.line(`${write}(${value}, p, A, ${more});`);
    source.line('p = R[0]; A = R[1];');
  };
  switch (coding.form) {
    case 'boolean':
      source.line(`if (typeof ${value} !== 'boolean') throw X;`);
      return run.field(`(${value} === true ? 1 : 0)`, 1);
    case 'enumeration':
      return run.field(codeOf(coding, value, source), coding.bits);
    case 'n-bit': {
      const { min, bits } = coding;
      const max = mode === 'ignored' ? min + 2 ** bits - 1 : coding.max;
      integer(value, min, max, source);
      return run.field(`(${value} - ${min})`, bits);
    }
    case 'number':
      return number(coding, value, source, run);
    case 'bigint': {
      const { min, max, signed } = coding;
      const wide = (min ?? 0n) <= 0n && (max ?? LONG) >= LONG;
      const range = `${source.constant(min)}, ${source.constant(max)}, ${signed}, ${wide}`;
      return call('BIG', range);
    }
    case 'string':
      return call('STRING', bounds(coding.limits, mode).join(', '));
    case 'binary':
      return call('BINARY', bounds(coding.limits, mode).join(', '));
  }
}

function integer(value: string, min: number, max: number, source: FunctionSource): void {
  const whole =
    max < INT && min >= -INT ? `(${value} | 0) !== ${value}` : `!Number.isInteger(${value})`;
  source.line(`if (typeof ${value} !== 'number' || ${whole}) throw X;`);
  source.line(`if (${value} < ${min} || ${value} > ${max}) throw X;`);
}

function codeOf(
  coding: Extract<Coding, { form: 'enumeration' }>,
  value: string,
  source: FunctionSource,
): string {
  const { values } = coding;
  const code = source.fresh('e');
  const compared = values.slice(0, values.length > COMPARED ? 1 : COMPARED);
  const chain = compared.map((word, i) => `${value} === ${quoted(word)} ? ${i} : `).join('');
  const rest =
    values.length > COMPARED ? `${source.constant(coding.codes)}.get(${value})` : 'undefined';
  source.line(`const ${code} = ${chain}${rest};`);
  source.line(`if (${code} === undefined) throw X;`);
  return code;
}

function number(
  coding: Extract<Coding, { form: 'number' }>,
  value: string,
  source: FunctionSource,
  run: WriteRun,
): void {
  const { signed, min, max } = coding;
  integer(value, min, max, source);
  const size = source.fresh('n');
  if (!signed) source.line(`const ${size} = ${value};`);
  else if (max < INT) {
    source.line(`const ${size} = ${value} < 0 ? ~${value} : ${value} | 0;`);
    run.field(`(${value} < 0 ? 1 : 0)`, 1);
  } else {
    source.line(`const ${size} = ${value} < 0 ? -${value} - 1 : ${value};`);
    run.field(`(${value} < 0 ? 1 : 0)`, 1);
  }
  if (max >= SHORT || min < -SHORT) {
    run.flush();
    source.line(`UNSIGNED(${size}, p, A); p = R[0]; A = R[1];`);
    return;
  }
  run.field(`(${size} < 128 ? ${size} : ${size} & 127 | 128)`, 8);
  run.flush();
  source.line(`if (${size} > 127) {`);
  source.line(`if (${size} < 16384) {`);
  run.field(`(${size} >>> 7)`, 8);
  run.flush();
  source.line('} else {');
  run.field(`(${size} >>> 7 & 127 | 128)`, 8);
  run.field(`(${size} >>> 14)`, 8);
  run.flush();
  source.line('} }');
}
