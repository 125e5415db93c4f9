const form =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?([Zz]|[+-](\d{2}):(\d{2}))?$/;

/** An RFC 3339 time whose zone may be missing: some CSMS leave it out of their answers. */
export function isLaxDateTime(text: string): boolean {
  const parts = form.exec(text);
  if (!parts) return false;
  const [year, month, day, hour, minute, second, offsetHour, offsetMinute] = parts
    .filter((_, index) => index > 0 && index !== 7)
    .map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const daysOfMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return (
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysOfMonth &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 60 &&
    offsetHour <= 23 &&
    offsetMinute <= 59
  );
}

/** Whether a text is an RFC 3339 time: with or without fractions, with `Z` or an offset. */
export const isDateTime = (text: string): boolean =>
  isLaxDateTime(text) && form.exec(text)?.[7] !== undefined;

/** Milliseconds since 1970, or undefined when the text is no RFC 3339 time; without a zone it is UTC. */
export function parseDateTime(text: string): number | undefined {
  if (!isLaxDateTime(text)) return undefined;
  // A leap second is read as the second before it: Date knows none.
  const at = Date.parse(
    (isDateTime(text) ? text : `${text}Z`).replace(/(T\d\d:\d\d):60/i, '$1:59'),
  );
  return Number.isNaN(at) ? undefined : at;
}
