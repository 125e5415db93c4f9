import { parseArgs } from 'node:util';

export interface OptionPlan {
  /** A switch, or an option with a value shown as this word, such as `PORT`. */
  readonly value?: string;
  readonly help: string;
  /** May be given more than once. */
  readonly multiple?: boolean;
  /** Works, but is not shown in the help. */
  readonly hidden?: boolean;
}

export type OptionPlans = Readonly<Record<string, OptionPlan>>;

/** What was given: true for a switch, text for a value, a list where it may repeat. */
export type Given<Plans extends OptionPlans> = {
  readonly [Name in keyof Plans]?: Plans[Name] extends { readonly value: string }
    ? Plans[Name] extends { readonly multiple: true }
      ? readonly string[]
      : string
    : boolean;
};

/** The person wrote something that the command does not take: exit code 2. */
export class UsageError extends Error {
  readonly exitCode = 2;
}

/** Reads a command line; an option that is not planned is a `UsageError` that names the nearest one. */
export function parseCommandLine<const Plans extends OptionPlans>(
  args: readonly string[],
  plans: Plans,
): { readonly options: Given<Plans>; readonly words: readonly string[] } {
  const options: Record<string, true | string | string[]> = {};
  const words: string[] = [];
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(plans).map(([name, plan]) => [
        name,
        { type: plan.value === undefined ? ('boolean' as const) : ('string' as const) },
      ]),
    ),
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const plan = plans[token.name];
    if (plan === undefined || !token.rawName.startsWith('--')) {
      throw new UsageError(unknownWord('option', token.rawName, Object.keys(plans), '--'));
    }
    if (plan.value === undefined) {
      if (token.value !== undefined) throw new UsageError(`--${token.name} takes no value`);
      options[token.name] = true;
    } else if (token.value === undefined || (!token.inlineValue && token.value.startsWith('--'))) {
      throw new UsageError(`--${token.name} needs a value: --${token.name} ${plan.value}`);
    } else if (plan.multiple) {
      options[token.name] = [...((options[token.name] as string[]) ?? []), token.value];
    } else if (options[token.name] !== undefined) {
      throw new UsageError(`--${token.name} is given twice`);
    } else {
      options[token.name] = token.value;
    }
  }
  return { options: options as Given<Plans>, words };
}

/** Says that a word is not known, and which known one is nearest. */
export function unknownWord(
  kind: string,
  word: string,
  known: readonly string[],
  prefix = '',
): string {
  const bare = word.replace(/^-+/, '');
  const ranked = known
    .map((name) => ({ name, far: distance(bare, name) }))
    .sort((a, b) => a.far - b.far);
  const nearest = ranked[0];
  const said = `unknown ${kind} ${word}`;
  if (nearest === undefined) return said;
  const close = nearest.far <= Math.max(2, Math.floor(nearest.name.length / 2));
  return close
    ? `${said}; did you mean ${prefix}${nearest.name}?`
    : `${said}; the nearest is ${prefix}${nearest.name}`;
}

/** Lines of help, one option each. */
export function optionHelp(plans: OptionPlans): string {
  const rows = Object.entries(plans)
    .filter(([, plan]) => !plan.hidden)
    .map(([name, plan]) => [`--${name}${plan.value ? ` ${plan.value}` : ''}`, plan.help] as const);
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}\n`).join('');
}

/** Edits that lead from one word to the other (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replace = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replace, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
