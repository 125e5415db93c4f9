import type { QueuedMessage } from '../../../ports.ts';
import type { ErrorCode16 } from '../../../rpc/error-codes.ts';

/** Why a try failed. */
export interface FailedTry {
  readonly reason: string;
  /** The CALLERROR; absent where no answer came, or a malformed one. */
  readonly code?: ErrorCode16;
}

/** Answers that the same bytes will get again: the CSMS does not know the message, or finds it wrong. */
const aboutTheMessage: ReadonlySet<ErrorCode16> = new Set([
  'NotImplemented',
  'NotSupported',
  'ProtocolError',
  'FormationViolation',
  'PropertyConstraintViolation',
  'OccurenceConstraintViolation',
  'TypeConstraintViolation',
]);

/** Tries that a message gets for little hope; and MeterValues without an answer, until no more are tried. */
export const FEW = 3;

/**
 * How often a message may be tried, the try that failed included; 1 or more. OCPP 1.6 section 9.1,
 * TransactionMessageAttempts, read as in ADR-0014: in full for what bills a charge.
 */
export function triesOf(message: QueuedMessage, { code }: FailedTry, configured: number): number {
  const tries = Math.max(1, configured);
  // The next sample tells the register anew; what bills the charge must not wait for this one.
  if (message.action === 'MeterValues') return 1;
  const hopeless = code !== undefined && aboutTheMessage.has(code);
  const ofLostStart = message.action === 'StopTransaction' && message.transactionId === undefined;
  return hopeless || ofLostStart ? Math.min(FEW, tries) : tries;
}
