export * from './ports.ts';
export * from './timings.ts';
export {
  MAX_PAYLOAD_LENGTH,
  V2GTP_HEADER_LENGTH,
  V2GTP_PAYLOAD_TYPES,
  decodeV2gtp,
  decodeV2gtpHeader,
  encodeV2gtp,
  type V2gtpHeader,
  type V2gtpMessage,
  type V2gtpPayloadType,
} from './v2gtp/header.ts';
export { V2gtpFramer } from './v2gtp/framer.ts';
export {
  SDP_MULTICAST_GROUP,
  SDP_PORT,
  decodeSdpRequest,
  decodeSdpResponse,
  encodeSdpRequest,
  encodeSdpResponse,
  type SdpRequest,
  type SdpResponse,
  type SdpSecurity,
} from './sdp/sdp.ts';
export { ipv6FromText, ipv6ToText } from './sdp/ipv6-text.ts';
export * as din from './messages/din/din.ts';
export * as iso2 from './messages/iso2/iso2.ts';
export * as iso20 from './messages/iso20/iso20.ts';
export {
  decodeExi,
  encodeExi,
  EXI_PROTOCOLS,
  exiProtocol,
  type ExiProtocol,
  type MessageJson,
  ProtocolNeededError,
  protocolOfBytes,
  protocolOfJson,
  recogniseBareExi,
  recogniseExi,
  UnknownProtocolError,
} from './messages/exi-protocol.ts';
export { describeExi, explainExi, type Quantity, quantityOf } from './messages/exi-explain.ts';
export { type ExiFrame, exiFrames, isV2gtp } from './messages/exi-frames.ts';
export { receivedSignature } from './messages/received-signature.ts';
export {
  exiBatch,
  type ExiBatchAnswer,
  type ExiBatchDirection,
  type ExiBatchError,
  type ExiBatchId,
  exiBatchError,
  exiBatchLine,
} from './messages/exi-batch.ts';
export { decodeSap, encodeSap, sapCodec, type SapMessage } from './messages/sap/codec.ts';
export { sapSet } from './messages/sap/schema.ts';
export {
  AppProtocolType,
  supportedAppProtocolReqType,
  supportedAppProtocolResType,
} from './messages/sap/supported-app-protocol.ts';
export { CHARGE_SERVICE_ID, type OfferedService, type SeccConfig } from './secc/config.ts';
export { MAX_REPORTED_BYTES, type SeccReport } from './secc/report.ts';
export type { SeccStateName, SelectedVas } from './secc/session.ts';
export { createSecc, type Secc, type SeccOptions, type SeccPorts } from './secc/secc.ts';
export {
  createV2gService,
  type V2gService,
  type V2gServiceOptions,
  type V2gServiceReport,
} from './secc/service.ts';
export { createEvcc, type CarSide, type Evcc, type EvccOptions } from './evcc/evcc.ts';
export type { CarOrder, EvccPhase, EvccReport } from './evcc/inputs.ts';
export {
  EVCC_REQUESTS,
  MISBEHAVIOURS,
  type EnergyMode,
  type EvccConfig,
  type EvccRequestName,
  type Misbehaviour,
  type MisbehaviourKind,
  type VehicleView,
} from './evcc/vehicle.ts';
export { warmUpIso2 } from './secc/warm-up.ts';
