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
export { withoutKeys } from './messages/redact.ts';
