/** What a stream may ask of the decoder, and so a value of the encoder, beyond the bounds that its schema sets. */
export const LIMITS = {
  /** Elements within elements. */
  depth: 64,
  /** Values of a list that the schema leaves unbounded. */
  unboundedList: 1024,
  /** Octets of an integer, of 7 bits each. */
  integerOctets: 64,
  /** Characters that the references of a stream to earlier strings may stand for, whatever its length. */
  referredText: 65_536,
  /** And for each byte of a longer stream. */
  referredGrowth: 4,
} as const;
