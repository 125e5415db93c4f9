import {
  inletMessages,
  vehicleMessages,
  type InletMessage,
  type VehicleMessage,
} from '@kerbside/charging';
import { openJsonLineClient } from '@kerbside/host';
import { millis, seconds, type Cancel, type Clock } from '@kerbside/kernel';

/** The car's end of the cable: what it does to the pilot wire. What it sees comes to a listener. */
export interface PilotWire {
  say(message: VehicleMessage): void;
  /** Resolves when what was said last has gone out. */
  close(): Promise<void>;
}

export interface PilotWireListener {
  /** The wire stands, or stands again: everything is to be said anew. */
  up(): void;
  down(reason: string): void;
  see(message: InletMessage): void;
}

/** The pilot wire of the rig, over its socket. */
export function openRigWire(path: string, clock: Clock, listener: PilotWireListener): PilotWire {
  const client = openJsonLineClient<InletMessage, VehicleMessage>({
    address: { path },
    incoming: inletMessages,
    outgoing: vehicleMessages,
    clock,
    up: () => listener.up(),
    down: (reason) => listener.down(reason),
    message: (message) => listener.see(message),
  });
  return {
    say: (message) => void client.send(message),
    close: () =>
      new Promise((resolve) => {
        clock.arm(LAST_WORDS, () => {
          client.close();
          resolve();
        });
      }),
  };
}

const TICK = millis(500);
/** The client drops its socket at once, and with it what the socket still holds. */
const LAST_WORDS = millis(100);
const AC_VOLTS = 230;

/**
 * In place of a rig, before a foreign charger whose pilot is out of reach: digital communication is offered at
 * plug-in, the contactor is taken to follow the car's own state C, and power to flow as it was agreed.
 */
export function assumeWire(clock: Clock, listener: PilotWireListener): PilotWire {
  let state: 'B' | 'C' | 'D' = 'B';
  let current: readonly number[] = [];
  let battery: { voltage: number; closed: boolean } | undefined;
  let seq = 0;
  let closed = false;
  let cancel: Cancel = () => {};

  function tick(): void {
    const inlet = battery ? (battery.closed ? battery.voltage : 0) : AC_VOLTS;
    const flows = state !== 'B' && (!battery || battery.closed);
    listener.see({
      see: 'tick',
      seq: seq++,
      dtMs: TICK,
      voltage: current.map(() => (flows ? inlet : 0)),
      current: current.map((amps) => (flows ? amps : 0)),
    });
    if (!closed) cancel = clock.arm(TICK, tick);
  }
  const start = clock.arm(millis(0), () => {
    listener.up();
    listener.see({
      see: 'hello',
      protocol: 'kerbside-pilot',
      version: 1,
      evse: 1,
      phases: 3,
      stepMs: TICK,
    });
    cancel = clock.arm(seconds(1), tick);
  });
  return {
    say(message) {
      if (message.say === 'plug' && message.plugged)
        clock.arm(millis(0), () =>
          listener.see({ see: 'pilot', output: 'duty', dutyPercent: 5, voltage: 9 }),
        );
      if (message.say === 'resistor') {
        state = message.state;
        const closed = state !== 'B';
        clock.arm(millis(100), () => listener.see({ see: 'contactor', closed }));
      }
      if (message.say === 'load') current = message.current;
      if (message.say === 'battery')
        battery = { voltage: message.voltage, closed: message.contactor === 'closed' };
    },
    close() {
      closed = true;
      start();
      cancel();
      return Promise.resolve();
    },
  };
}
