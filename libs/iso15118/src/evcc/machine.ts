import type { MachineDefinition } from '@kerbside/kernel';
import { V2G_EVCC_CommunicationSetup_Timeout } from '../timings.ts';
import { Build, initialEvccState, type EvccState } from './build.ts';
import type { EvccEffect, EvccInput } from './inputs.ts';
import { requests } from './requests.ts';
import { onAppProtocol, onResponse, stopSession, turn } from './responses.ts';
import type { EvccConfig, VehicleView } from './vehicle.ts';

/** The ISO 15118-2 EVCC with external payment: from the connection to the end of the session. */
export function evccMachine(
  config: EvccConfig,
): MachineDefinition<EvccState, EvccInput, EvccEffect> {
  return {
    initial: initialEvccState(config),
    step(state, input) {
      const build = new Build(state, config);
      if (state.phase === 'ended') return build.done();
      switch (input.on) {
        case 'connected':
          build.arm('setup', V2G_EVCC_CommunicationSetup_Timeout).sendAppProtocol();
          break;
        case 'app-protocol':
          onAppProtocol(build, input.res);
          break;
        case 'response':
          onResponse(build, input.sessionId, input.response, input.car);
          break;
        case 'due':
          onDue(build, input.car);
          break;
        case 'stop':
          if (state.stop === undefined)
            build.with({ stop: input.reason, pause: input.pause ?? state.pause });
          break;
        case 'timeout':
          build.end({ report: 'failed', reason: `timeout: ${state.awaiting ?? input.timer}` });
          break;
        case 'unusable':
        case 'peer-closed':
          build.end({ report: 'failed', reason: input.reason });
          break;
      }
      return build.done();
    },
  };
}

/** The next turn of whichever loop is running. */
function onDue(build: Build, car: VehicleView): void {
  const { config, state } = build;
  if (state.awaiting !== undefined) return;
  switch (state.phase) {
    case 'authorization':
      if (state.stop !== undefined) stopSession(build);
      else build.send(requests.authorization());
      return;
    case 'charge-parameters':
      build.send(requests.chargeParameters(config, car));
      return;
    case 'cable-check':
      build.send(requests.cableCheck(car));
      return;
    case 'pre-charge':
      build.send(requests.preCharge(car));
      return;
    case 'charging':
      turn(build, car);
      return;
    case 'welding-detection':
      build.send(requests.weldingDetection(car));
      return;
    case 'app-protocol':
    case 'session-setup':
    case 'service-discovery':
    case 'service-detail':
    case 'service-selection':
    case 'power-on':
    case 'power-off':
    case 'session-stop':
    case 'ended':
      return;
  }
}
