import type { Coding, Limits } from '../codec/coding.ts';
import type { FacetMode } from '../codec/facets.ts';
import type { FunctionSource } from './function-source.ts';
import type { ReadRun } from './read-run.ts';

/** Three groups of 7 bits. */
const SHORT = 2 ** 21;
const LONG = 2n ** 63n - 1n;

/** Reads a value of a simple type; an expression for it, good after the next flush. */
export function readValue(
  coding: Coding,
  mode: FacetMode,
  source: FunctionSource,
  run: ReadRun,
): string {
  switch (coding.form) {
    case 'boolean':
      return `${run.field(1)} === 1`;
    case 'enumeration':
      return enumeration(coding, source, run);
    case 'n-bit': {
      const offset = run.field(coding.bits);
      const last = coding.max - coding.min;
      if (mode !== 'ignored' && last < 2 ** coding.bits - 1)
        run.after(`if (${offset} > ${last}) throw X;`);
      return `${offset} + ${coding.min}`;
    }
    case 'number':
      return number(coding, source, run);
    case 'bigint':
      return big(coding, source, run);
    case 'string':
    case 'binary': {
      const length = run.field(8);
      run.flush();
      const [min, max] = bounds(coding.limits, mode);
      const value = source.fresh('x');
      const read = coding.form === 'string' ? 'STRING' : 'BINARY';
      source.line(`const ${value} = ${read}(${length}, p, ${min}, ${max});`);
      source.line('p = R[0];');
      return value;
    }
  }
}

export function bounds(limits: Limits, mode: FacetMode): readonly [number, number] {
  if (mode === 'ignored') return [0, Infinity];
  return mode === 'exact' ? [limits.min, limits.max] : [limits.toleratedMin, limits.toleratedMax];
}

function enumeration(
  coding: Extract<Coding, { form: 'enumeration' }>,
  source: FunctionSource,
  run: ReadRun,
): string {
  const { values, bits } = coding;
  const all = source.constant(valuesOf(coding));
  const code = run.field(bits);
  if (values.length === 2 ** bits) return `${all}[${code}]`;
  const value = source.fresh('e');
  run.after(`const ${value} = ${all}[${code}];`);
  run.after(`if (${value} === undefined) throw X;`);
  return value;
}

const tables = new WeakMap<Coding, readonly (string | undefined)[]>();

/** By code, with `undefined` up to the last code of so many bits: no look-up leaves the array. */
function valuesOf(coding: Extract<Coding, { form: 'enumeration' }>) {
  let table = tables.get(coding);
  if (!table) {
    table = Array.from({ length: 2 ** coding.bits }, (_, code) => coding.values[code]);
    tables.set(coding, table);
  }
  return table;
}

function number(
  coding: Extract<Coding, { form: 'number' }>,
  source: FunctionSource,
  run: ReadRun,
): string {
  const { signed, min, max } = coding;
  const sign = signed ? run.field(1) : undefined;
  const size = run.field(8);
  run.flush();
  const small = max < SHORT && min >= -SHORT;
  if (small) {
    source.line(`if (${size} > 127) {`);
    source.line('w = V.getInt32(p >>> 3) << (p & 7);');
    source.line(`${size} = ${size} & 127 | (w >>> 24 & 127) << 7;`);
    source.line('if (w < 0) {');
    source.line('if ((w & 0x800000) !== 0) throw X;');
    source.line(`${size} |= (w >>> 16 & 127) << 14; p += 16;`);
    source.line('} else p += 8; }');
  } else source.line(`if (${size} > 127) { ${size} = UNSIGNED(${size}, p); p = R[0]; }`);
  const value = source.fresh('n');
  if (!sign) source.line(`const ${value} = ${size};`);
  else if (small) source.line(`const ${value} = ${size} ^ -${sign};`);
  else source.line(`const ${value} = ${sign} === 1 ? -${size} - 1 : ${size};`);
  const lowest = sign ? min : Math.max(min, 0);
  if (lowest > 0 || (sign && lowest !== -max - 1)) source.line(`if (${value} < ${min}) throw X;`);
  source.line(
    sign && lowest === -max - 1
      ? `if (${size} > ${max}) throw X;`
      : `if (${value} > ${max}) throw X;`,
  );
  return value;
}

function big(
  coding: Extract<Coding, { form: 'bigint' }>,
  source: FunctionSource,
  run: ReadRun,
): string {
  const { signed, min, max } = coding;
  const sign = signed ? run.field(1) : undefined;
  const first = run.field(8);
  run.flush();
  const value = source.fresh('n');
  const unbounded = min === undefined || max === undefined;
  const bits = !unbounded && max > LONG ? 64 : 63;
  const read = unbounded ? `INTEGER(${first}, p)` : `LONG(${first}, p, ${bits === 64 ? 63 : 56})`;
  source.line(`let ${value} = ${read}; p = R[0];`);
  if (sign) source.line(`if (${sign} === 1) ${value} = -${value} - 1n;`);
  if (min !== undefined && min !== 0n && min !== -(2n ** BigInt(bits)))
    source.line(`if (${value} < ${min}n) throw X;`);
  if (max !== undefined && max !== 2n ** BigInt(bits) - 1n)
    source.line(`if (${value} > ${max}n) throw X;`);
  return value;
}
