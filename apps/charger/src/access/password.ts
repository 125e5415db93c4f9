import { hash, verify } from '@node-rs/argon2';

// OWASP's lower-memory Argon2id profile: 19 MiB, two passes. Fits a charger's board.
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password, parameters);

export async function verifyPassword(stored: string, password: string): Promise<boolean> {
  try {
    return await verify(stored, password);
  } catch {
    return false;
  }
}

let decoy: Promise<string> | undefined;
/** Takes as long as a real check, so that unknown names cannot be told from known ones. */
export async function verifyNothing(password: string): Promise<false> {
  decoy ??= hashPassword('no account has this password');
  await verifyPassword(await decoy, password);
  return false;
}

const COMMON = new Set([
  'password1234',
  'passwordpassword',
  '123456789012',
  '1234567890123',
  'qwertyuiop12',
  'qwertyqwerty',
  'administrator',
  'letmeinletmein',
  'changemechangeme',
  'kerbsidekerbside',
]);

/** A reason why the password is too easy, or undefined. */
export function weakness(password: string, name: string): string | undefined {
  const lower = password.toLowerCase();
  if (COMMON.has(lower)) return 'is one of the passwords that everybody tries first';
  if (new Set(lower).size < 5) return 'repeats the same few characters';
  if (name.length >= 3 && lower.replaceAll(name.toLowerCase(), '').length < 8)
    return 'is little more than the account name';
  return undefined;
}
