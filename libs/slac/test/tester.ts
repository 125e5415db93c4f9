import {
  decodeFrame,
  encodeFrame,
  type EvseSlacConfig,
  type Mme,
  type Sendable,
} from '../src/index.ts';
import type { SimulatedLink } from '../src/testing/index.ts';
import { Bench, EVSE } from './bench.ts';

export const CAR = '02:00:00:00:e0:05';
export const RUN = '0102030405060708';
export const ALL = 'ff:ff:ff:ff:ff:ff';
export const ZEROS = '0'.repeat(34);
export const head = { OSA: CAR, APPLICATION_TYPE: 0, SECURITY_TYPE: 0, RunID: RUN };

export const parm: Sendable = { ...head, name: 'CM_SLAC_PARM.REQ', ODA: ALL };
export const start: Sendable = {
  ...head,
  name: 'CM_START_ATTEN_CHAR.IND',
  ODA: ALL,
  NUM_SOUNDS: 10,
  Time_Out: 6,
  RESP_TYPE: 1,
  FORWARDING_STA: CAR,
};
export const profile: Sendable = {
  name: 'CM_ATTEN_PROFILE.IND',
  ODA: EVSE,
  OSA: '00:01:87:00:ee:01',
  PEV_MAC: CAR,
  NumGroups: 58,
  RSVD: 0,
  AAG: Array.from({ length: 58 }, () => 30),
};
export const rsp: Sendable = {
  ...head,
  name: 'CM_ATTEN_CHAR.RSP',
  ODA: EVSE,
  SOURCE_ADDRESS: CAR,
  SOURCE_ID: ZEROS,
  RESP_ID: ZEROS,
  Result: 0,
};
export const match: Sendable = {
  ...head,
  name: 'CM_SLAC_MATCH.REQ',
  ODA: EVSE,
  MVFLength: 62,
  PEV_ID: ZEROS,
  PEV_MAC: CAR,
  EVSE_ID: ZEROS,
  EVSE_MAC: EVSE,
  RSVD: '0'.repeat(16),
};

/** Frames of a car, one by one, against our charger; nothing else is on the wire. */
export class Tester {
  readonly bench: Bench;
  readonly wire: SimulatedLink;
  constructor(evse: Partial<EvseSlacConfig> = {}) {
    this.bench = new Bench({ modem: false, evse: { modemVendor: 'none', ...evse } });
    this.wire = this.bench.bus.join('02:00:00:00:00:99');
    this.bench.evse.enterBcd();
  }
  /** Sends a frame with some fields changed; from another car it is as if that had sent it all along. */
  async send(frame: Sendable, change: object = {}): Promise<this> {
    this.wire.send(encodeFrame({ ...frame, ...change } as Sendable));
    await this.bench.run(1);
    return this;
  }
  async upTo(step: 'parm' | 'start' | 'profiles' | 'rsp', car = CAR): Promise<this> {
    const as = { OSA: car };
    await this.send(parm, as);
    if (step === 'parm') return this;
    await this.send(start, { ...as, FORWARDING_STA: car });
    if (step === 'start') return this;
    for (let i = 0; i < 10; i++) await this.send(profile, { PEV_MAC: car });
    await this.bench.run(60);
    if (step === 'rsp') await this.send(rsp, { ...as, SOURCE_ADDRESS: car });
    return this;
  }
  get at() {
    return this.bench.evse.state.sessions[0]?.at;
  }
  /** All frames of that name on the wire so far, with the time. */
  sent<N extends Mme['name']>(name: N): (Extract<Mme, { name: N }> & { readonly at: number })[] {
    return this.bench.bus.sent.flatMap(({ at, bytes }) => {
      const frame = decodeFrame(bytes);
      return frame.name === name ? [{ ...(frame as Extract<Mme, { name: N }>), at }] : [];
    });
  }
}
