export { clockIsSynchronised, machineRun, sinceBoot } from './system/clock-state.ts';
export { lookAtNetwork, type NetworkLook } from './system/network-look.ts';
export { systemClock } from './system/system-clock.ts';
export { sha256, systemRandom } from './system/system-random.ts';
export {
  EXIT_WITH_PARENT,
  type ExitOptions,
  exitWithParent,
  type StopReason,
} from './process/exit-with-parent.ts';
export { exitNow } from './process/exit-now.ts';
export { runTool, ToolError, type ToolOptions } from './process/run-tool.ts';
export {
  identifyProcess,
  isAlive,
  pidNamespace,
  type ProcessIdentity,
} from './process/process-identity.ts';
export {
  type Given,
  optionHelp,
  type OptionPlan,
  type OptionPlans,
  parseCommandLine,
  unknownWord,
  UsageError,
} from './process/command-line.ts';
export {
  type ListenAddress,
  listenTarget,
  type ListenTarget,
  parseListenAddress,
} from './listen/listen-target.ts';
export { localSocketPath } from './listen/local-socket.ts';
export {
  openNextFreeListener,
  openPassedListener,
  type PassedListener,
} from './listen/passed-listener.ts';
export {
  addNamespace,
  deleteNamespace,
  inNamespace,
  NAMED_NAMESPACES,
  networkNamespace,
  type NetworkNamespace,
  processesIn,
  runInNamespace,
  spawnInNamespace,
} from './netns/network-namespace.ts';
export {
  addVethPair,
  deleteInterface,
  ipBatch,
  setSysctl,
  type VethEnd,
} from './netns/veth-pair.ts';
export { type LinkLocalOptions, waitForLinkLocal } from './netns/link-local.ts';
export { type BenchLink, openBenchLink } from './board/bench-link.ts';
export {
  type BoardLineReport,
  type BoardLink,
  type BoardLinkOptions,
  openBoardLink,
} from './board/board-link.ts';
export {
  type JsonLineClient,
  type JsonLineClientOptions,
  type LineAddress,
  openJsonLineClient,
} from './board/json-line-client.ts';
export { type JsonLineServer, serveJsonLines } from './board/json-line-server.ts';
export { type JsonLineHandlers, type JsonLinePeer } from './board/json-line-socket.ts';
export { type ModbusMeterOptions, openModbusMeter } from './meter/modbus-meter.ts';
export { defaultMeterMap, type MeterMap, type MeterRegister } from './meter/register-map.ts';
export { type LinkLocal, watchLinkLocal } from './sdp/link-local-watch.ts';
export { createSdpServer, type SdpPlace } from './sdp/sdp-server.ts';
export { discoverSecc, type SdpDiscovery } from './sdp/sdp-client.ts';
export { createTcpV2gTransport, type V2gPlace } from './v2g-transport/tcp-v2g-transport.ts';
export { connectV2g } from './v2g-transport/connect-v2g.ts';
export {
  askControl,
  CONTROL_SOCKET,
  type ControlReply,
  type ControlRequest,
  serveControl,
} from './control/control-socket.ts';
export type { FrameLinkStatus } from '@kerbside/slac';
export {
  openPacketFrameLink,
  type PacketFrameCounts,
  type PacketFrameLink,
  type PacketFrameLinkOptions,
} from './frame-link/packet-frame-link.ts';
export {
  openSocketFrameLink,
  type SocketFrameLinkOptions,
} from './frame-link/socket-frame-link.ts';
export { type FrameHub, openFrameHub } from './frame-link/frame-hub.ts';
export { mergeFrameLinks } from './frame-link/merge-frame-links.ts';
export {
  createOcppSocketFactory,
  type OcppSocketOptions,
  stationUrl,
} from './ocpp-socket/ocpp-socket.ts';
export {
  createNetworkControl,
  type LinuxNetworkControl,
  type NetworkControlOptions,
} from './network/network-control.ts';
export { requestLease, type DhcpLease } from './network/dhcp.ts';
export { runVasSelfTest, type SelfTestCheck, type SelfTestOptions } from './network/self-test.ts';
export { findTool } from './network/find-tools.ts';
export {
  guardEvInterfaces,
  type EvInterfaceOptions,
  type EvInterfaces,
} from './network/ev-interfaces.ts';
export { readLeases, readNeighbours, type Lease, type Neighbour } from './network/observe.ts';
