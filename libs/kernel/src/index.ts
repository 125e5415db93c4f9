export { type Duration, millis, minutes, seconds } from './duration.ts';
export * from './units.ts';
export type { Cancel, Clock } from './clock.ts';
export type { Random } from './random.ts';
export { type LogFields, type Logger, silentLogger } from './logger.ts';
export { ReportLimit } from './report-limit.ts';
export { Secret } from './secret.ts';
export {
  InternalError,
  KerbsideError,
  type KerbsideErrorOptions,
  PortError,
  SequenceError,
  unreachable,
  WireError,
  type WirePlace,
} from './errors.ts';
export { fromHex, toHex } from './hex.ts';
export { concatBytes, equalBytes, Reader, Writer } from './bytes.ts';
export {
  type AnswerInput,
  type ArmEffect,
  type AskEffect,
  type AskFailedInput,
  type CancelEffect,
  type MachineDefinition,
  type MachinePorts,
  type Moment,
  type PortEffect,
  runMachine,
  type RunningMachine,
  type Step,
  type TimeoutInput,
} from './machine.ts';
export { BAD_INPUT_RATE, TrickleLimit, type TrickleRate } from './trickle-limit.ts';
