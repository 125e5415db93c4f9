export * from './facts.ts';
export * from './pilot.ts';
export * from './pilot-timers.ts';
export * from './ports.ts';
export { lineSplitter, type LineSplitter, MAX_LINE_BYTES } from './json-lines/line-splitter.ts';
export { type MessageOf, type MessageSet } from './json-lines/message-set.ts';
export {
  BOARD_PROTOCOL_VERSION,
  type BoardCommand,
  boardCommands,
  boardEvents,
  type BoardMessage,
} from './board-protocol/messages.ts';
export {
  T_BOARD_HELLO,
  T_BOARD_RECONNECT,
  T_BOARD_SILENT,
  T_HEARTBEAT,
  T_HEARTBEAT_LOST,
} from './board-protocol/timings.ts';
export {
  type InletMessage,
  inletMessages,
  PILOT_PROTOCOL_VERSION,
  type VehicleMessage,
  vehicleMessages,
} from './pilot-protocol/pilot-messages.ts';
export {
  benchReplies,
  type BenchReply,
  type BenchRequest,
  benchRequests,
  RIG_FAULTS,
  type RigFault,
  type RigState,
} from './pilot-protocol/bench-messages.ts';
export { createEvse, type Evse, type EvsePorts } from './evse/create-evse.ts';
