/** Shows enough of a token to tell two apart, never the whole: `KER…ER`, `04A…9F`. */
export function maskToken(token: string): string {
  if (token.length <= 4) return '…';
  return `${token.slice(0, Math.min(3, token.length - 3))}…${token.slice(-2)}`;
}

/** Keys of journal data that hold a full token. */
const TOKEN_KEYS = new Set(['idToken', 'idTag', 'parentIdToken', 'parentIdTag', 'token']);
/** Keys that hold what nobody may see. */
const SECRET_KEYS = new Set(['nmk', 'NMK', 'password', 'authorizationKey', 'AuthorizationKey']);

/** A copy of journal data with tokens masked and secrets gone, at any depth. */
export function maskData(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskData);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (SECRET_KEYS.has(key)) return [key, '***'];
      if (TOKEN_KEYS.has(key) && typeof inner === 'string') return [key, maskToken(inner)];
      return [key, maskData(inner)];
    }),
  );
}
