/** Codes of CALLERROR, spelt as OCPP-J 1.6 spells them (`Occurence` with one r). Section 4.2.3 */
export const ERROR_CODES_16 = [
  'NotImplemented',
  'NotSupported',
  'InternalError',
  'ProtocolError',
  'SecurityError',
  'FormationViolation',
  'PropertyConstraintViolation',
  'OccurenceConstraintViolation',
  'TypeConstraintViolation',
  'GenericError',
] as const;
export type ErrorCode16 = (typeof ERROR_CODES_16)[number];

const corrected: Readonly<Record<string, ErrorCode16>> = {
  FormatViolation: 'FormationViolation',
  OccurrenceConstraintViolation: 'OccurenceConstraintViolation',
};

/** The code of 1.6 for what a peer wrote: corrected spellings are read too, others are GenericError. */
export function errorCode16(code: string): ErrorCode16 {
  const known = ERROR_CODES_16.find((each) => each === code);
  return known ?? corrected[code] ?? 'GenericError';
}

/** What goes into a CALLERROR. */
export interface CallError {
  readonly code: ErrorCode16;
  readonly description: string;
}

export const callError = (code: ErrorCode16, description: string): CallError => ({
  code,
  description,
});
