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

/** Is this an answer that the same bytes will get again? */
export const isHopeless = ({ code }: FailedTry): boolean =>
  code !== undefined && aboutTheMessage.has(code);

/** The failed tries of a message, the last included. */
export interface Tries {
  readonly attempts: number;
  /** Those at the end, one after the other, that got a hopeless answer. */
  readonly hopeless: number;
}

/**
 * Is a message that failed given up? OCPP 1.6 section 9.1, TransactionMessageAttempts, read as in
 * ADR-0014: in full for what bills a charge, unless the CSMS insists that the message is wrong.
 */
export function isGivenUp(
  message: QueuedMessage,
  { attempts, hopeless }: Tries,
  configured: number,
): boolean {
  // The next sample tells the register anew; what bills the charge must not wait for this one.
  if (message.action === 'MeterValues') return true;
  const ofLostStart = message.action === 'StopTransaction' && message.transactionId === undefined;
  return attempts >= Math.max(1, configured) || (ofLostStart ? attempts : hopeless) >= FEW;
}
