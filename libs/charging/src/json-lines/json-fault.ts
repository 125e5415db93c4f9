const MAX_DEPTH = 16;
const space = /[ \t\r\n]*/y;
const literal =
  /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const text = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

/** Column (from 0) of the first character that makes `line` no JSON value; undefined if it is one. Nesting is bounded. */
export function jsonFault(line: string): number | undefined {
  let at = 0;
  const closers: ('}' | ']')[] = [];
  const match = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(line)) return false;
    at = pattern.lastIndex;
    return true;
  };
  const eat = (character: string): boolean => {
    match(space);
    if (line[at] !== character) return false;
    at++;
    return true;
  };
  const key = (): boolean => {
    match(space);
    return match(text) && eat(':');
  };
  const ended = (): boolean => {
    while (closers.length > 0) {
      if (eat(',')) return closers.at(-1) === '}' && !key();
      if (!eat(closers.at(-1) as string)) return true;
      closers.pop();
    }
    match(space);
    return true;
  };

  for (;;) {
    match(space);
    const opens = line[at] === '{' ? '}' : line[at] === '[' ? ']' : undefined;
    if (opens) {
      if (closers.length === MAX_DEPTH) return at;
      at++;
      closers.push(opens);
      if (eat(opens)) closers.pop();
      else if (opens === ']' || key()) continue;
      else return at;
    } else if (!match(literal)) return at;
    if (ended()) break;
  }
  return closers.length === 0 && at === line.length ? undefined : at;
}
