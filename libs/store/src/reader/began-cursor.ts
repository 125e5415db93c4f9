/** `BEGAN.ID` of the last item of a page. */
export const beganCursor = ({ began, id }: { readonly began: number; readonly id: string }) =>
  `${began}.${id}`;

/** What follows it, newest first; a cursor that is not of ours finds nothing. */
export function parseBeganCursor(cursor: string | undefined) {
  if (cursor === undefined) return {};
  const match = /^(\d{1,15})\.(.*)$/s.exec(cursor);
  const began = BigInt(match?.[1] ?? 0);
  return { OR: [{ began: { lt: began } }, { began, id: { lt: match?.[2] ?? '' } }] };
}
