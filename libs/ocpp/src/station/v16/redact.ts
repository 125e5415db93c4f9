const SECRET_FIELDS: ReadonlySet<string> = new Set(['idTag', 'parentIdTag']);

/** Enough of a card to recognise it, not enough to use it. */
export const maskIdTag = (idTag: string): string =>
  idTag.length < 8 ? '***' : `${idTag.slice(0, 2)}***${idTag.slice(-2)}`;

/** A payload for the journal: idTags and the AuthorizationKey are masked. */
export function redact(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redact);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const secretValue = entries.some(([key, each]) => key === 'key' && each === 'AuthorizationKey');
  return Object.fromEntries(
    entries.map(([key, each]) => {
      if (typeof each === 'string' && SECRET_FIELDS.has(key)) return [key, maskIdTag(each)];
      return [key, key === 'value' && secretValue ? '***' : redact(each)];
    }),
  );
}

/** As `redact`, for text that is no JSON, cut off or otherwise broken. */
export const redactText = (text: string): string => {
  const masked = text.replace(/("(?:idTag|parentIdTag)"\s*:\s*")((?:[^"\\]|\\.)*)/gi, '$1***');
  return /AuthorizationKey/i.test(masked)
    ? masked.replace(/("value"\s*:\s*")((?:[^"\\]|\\.)*)/gi, '$1***')
    : masked;
};
