export {
  BROADCAST,
  ETHERTYPE,
  LOCAL_MODEM,
  type MmeDefinition,
  type MmeHeader,
} from './messages/mme.ts';
export {
  definitionOf,
  type Mme,
  type MmeName,
  mmeNames,
  type MmeOf,
  type Sendable,
  type UnknownFrame,
} from './messages/catalogue.ts';
export { decodeFrame, encodeFrame, encodeUnknown, MAX_FRAME, MIN_FRAME } from './messages/codec.ts';
export {
  type BatchError,
  type DecodeAnswer,
  decodeSlacLine,
  type EncodeAnswer,
  encodeSlacLine,
  type FrameJson,
  frameToJson,
} from './messages/batch.ts';
export { isForUs, isFrom } from './frame-filter.ts';
export { withoutKeys } from './messages/redact.ts';
export type { FrameLink, FrameLinkStatus, Sha256 } from './ports.ts';
export * from './timings.ts';
export { makeNetworkKey, type NetworkKey, nidOf } from './network-key.ts';
export type { FrameReport, FrameTraceReport } from './frame-reporter.ts';
export { answerAsModem, type ModemFacts } from './modem-answers.ts';
export { type Cause, type CauseCode, causeOf, failureCauses } from './evse/causes.ts';
export {
  type AmpMapConfig,
  defaultEvseSlacConfig,
  type EvseSlacConfig,
  evseSettings,
  type EvseSlacSettings,
} from './evse/config.ts';
export {
  createEvseSlac,
  type EvseSlac,
  type EvseSlacOptions,
  type EvseSlacPorts,
} from './evse/evse-slac.ts';
export type {
  AttenuationReport,
  EvseSlacReport,
  ModemReport,
  ModemVendor,
  Pairing,
} from './evse/report.ts';
export type { EvseSlacStatus } from './evse/status.ts';
export type { ModemIdentity, Station } from './evse/modem/adapter.ts';
export { type ToleranceCode, tolerances } from './evse/tolerance.ts';
export { defaultPevSlacConfig, type PevKnobs, type PevSlacConfig } from './pev/config.ts';
export { type Misbehaviour, type MisbehaviourName, misbehaviours } from './pev/misbehaviours.ts';
export { createPevSlac, type PevSlac, type PevSlacOptions } from './pev/pev-slac.ts';
export type {
  PevCause,
  PevCauseCode,
  PevFailed,
  PevMatched,
  PevResult,
  PevSlacReport,
} from './pev/state.ts';
export type {
  Actor,
  Attempt,
  AttemptFrame,
  AttemptResult,
  Attenuation,
  LastGood,
  MatchingProcess,
  Retries,
  SeenModem,
  Sound,
} from './attempt/attempt.ts';
export { KEPT_BYTES } from './attempt/seen-frame.ts';
export { pcapOf } from './attempt/pcap.ts';
export {
  type AttemptRecorder,
  createAttemptRecorder,
  type Recorded,
  type RecorderOptions,
  type ReportTime,
} from './attempt/recorder.ts';
export {
  ladder,
  type Level,
  type StepName,
  type StepResult,
  type Timing,
} from './attempt/steps.ts';
export type { Verdict } from './attempt/verdict.ts';
export { type VerdictCode, verdictCodes, verdictWords } from './attempt/verdict-words.ts';
export { type Waiting, waitingOf } from './attempt/waiting.ts';
