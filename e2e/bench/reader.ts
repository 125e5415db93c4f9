type Reader = (value: unknown) => number;

/** A function that reads every field of values of one form, as a program does that makes use of them. */
export function readerOf(samples: readonly unknown[]): Reader {
  const parts: string[] = [];
  read('v', samples[0], parts);
  return new Function('v', `let s = 0;\n${parts.join('\n')}\nreturn s;`) as Reader;
}

function read(place: string, sample: unknown, into: string[]): void {
  if (sample instanceof Uint8Array) into.push(`s += ${place}.length + ${place}[0];`);
  else if (typeof sample === 'string') into.push(`s += ${place}.length + ${place}.charCodeAt(0);`);
  else if (typeof sample === 'number') into.push(`s += ${place};`);
  else if (typeof sample === 'bigint') into.push(`if (${place} > 7n) s++;`);
  else if (typeof sample === 'boolean') into.push(`if (${place}) s++;`);
  else if (Array.isArray(sample)) sample.forEach((item, i) => read(`${place}[${i}]`, item, into));
  else if (typeof sample === 'object' && sample !== null)
    for (const [key, child] of Object.entries(sample))
      read(`${place}[${JSON.stringify(key)}]`, child, into);
}
