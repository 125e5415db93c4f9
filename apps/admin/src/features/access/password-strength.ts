export type Strength = 'empty' | 'short' | 'weak' | 'fair' | 'good';

const COMMON = [
  'password',
  'passwort',
  'kerbside',
  'charger',
  'qwerty',
  'qwertz',
  'letmein',
  'admin',
  'welcome',
  '1234',
];

/** A hint, not a rule: length and variety count, well-known words do not. The charger decides. */
export function strengthOf(password: string, name: string): Strength {
  if (password === '') return 'empty';
  if (password.length < 12) return 'short';
  let rest = password.toLowerCase();
  for (const word of [...COMMON, name.trim().toLowerCase()])
    if (word.length >= 3) rest = rest.replaceAll(word, '');
  const variety = new Set(rest).size;
  if (rest.length < 8 || variety < 5) return 'weak';
  return rest.length >= 16 && variety >= 8 ? 'good' : 'fair';
}

export const STRENGTH_STEPS: Readonly<Record<Strength, number>> = {
  empty: 0,
  short: 15,
  weak: 35,
  fair: 70,
  good: 100,
};
