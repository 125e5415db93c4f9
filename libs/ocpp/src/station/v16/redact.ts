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

/** The idTags in a payload, those of parents too. */
export function idTagsOf(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]: [string, unknown]) =>
    typeof each === 'string' ? (SECRET_FIELDS.has(key) && each ? [each] : []) : idTagsOf(each),
  );
}

/** A start of an idTag this long at the end of a text is one that was cut off. */
const CUT_OFF = 4;

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** What a peer wrote about a message, without the idTags of that message, in whatever case it repeats them. */
export function redactIdTags(text: string, idTags: readonly string[]): string {
  if (idTags.length === 0) return text;
  const longestFirst = idTags.toSorted((a, b) => b.length - a.length);
  const masked = text.replace(new RegExp(longestFirst.map(literally).join('|'), 'gi'), maskIdTag);
  const starts = longestFirst.flatMap((idTag) =>
    Array.from({ length: Math.max(0, idTag.length - CUT_OFF) }, (_, cut) =>
      idTag.slice(0, -1 - cut),
    ),
  );
  const cut = starts
    .toSorted((a, b) => b.length - a.length)
    .find((start) => masked.toLowerCase().endsWith(start.toLowerCase()));
  return cut === undefined ? masked : `${masked.slice(0, -cut.length)}***`;
}
