/** What a stream may ask of the decoder beyond the bounds that its schema sets. */
export const LIMITS = {
  /** Elements within elements. */
  depth: 64,
  /** Values of a list that the schema leaves unbounded. */
  unboundedList: 1024,
} as const;
