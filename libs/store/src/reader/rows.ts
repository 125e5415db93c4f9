/** Prisma's row as a value of ours: BigInt as number, NULL left out, bytes as they are. */
export type Plain<Row> = {
  [K in keyof Row as null extends Row[K] ? K : never]?: Value<NonNullable<Row[K]>>;
} & { [K in keyof Row as null extends Row[K] ? never : K]: Value<Row[K]> };
type Value<T> = T extends bigint ? number : T;

export function plain<Row extends object>(row: Row): Plain<Row> {
  const out: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(row))
    if (value !== null && value !== undefined)
      out[name] = typeof value === 'bigint' ? Number(value) : (value as unknown);
  return out as Plain<Row>;
}

export const json = (text: string): Record<string, unknown> =>
  JSON.parse(text) as Record<string, unknown>;

/** A page out of `limit + 1` rows: the one too many tells that there is a next page. */
export function page<Row, Item>(
  rows: readonly Row[],
  limit: number,
  item: (row: Row) => Item,
  cursorOf: (row: Row) => string,
): { readonly items: readonly Item[]; readonly next?: string } {
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items: kept.map(item), ...(more ? { next: cursorOf(last) } : {}) };
}
