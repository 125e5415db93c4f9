import { type Secret, toHex, WireError } from '@kerbside/kernel';
import { SeededRandom } from '@kerbside/kernel/testing';
import type { Mme, MmeOf, Sendable } from '../messages/catalogue.ts';
import { decodeFrame, encodeFrame } from '../messages/codec.ts';
import { LOCAL_MODEM } from '../messages/mme.ts';
import { answerAsModem } from '../modem-answers.ts';
import { answerAsLumissil, networkInfoV2 } from './other-modems.ts';
import { CARRIER_GROUPS } from '../timings.ts';
import type { SimulatedBus, SimulatedLink } from './simulated-bus.ts';

export interface SimulatedModemOptions {
  /** Address of the modem itself. */
  readonly mac: string;
  /** Address of the host that it serves. */
  readonly host: string;
  readonly seed?: number;
  /** Mean attenuation of the sounds that it hears, dB. */
  readonly meanDb?: number;
  /** So many profiles, from the first on, are not delivered. */
  readonly skipProfiles?: number;
  /** So many requests, from the first on, are not answered. */
  readonly deafFor?: number;
  /** Whose modem it is; Lumissil's answers in the framing of the question. */
  readonly vendor?: 'qualcomm' | 'lumissil';
  /** Answers VS_NW_INFO in version 1 only. */
  readonly newNetworkInfo?: boolean;
  /** Result of CM_SET_KEY.CNF, 1 unless told. */
  readonly setKeyResult?: number;
  /** MSTATUS of VS_RS_DEV.CNF. */
  readonly resetStatus?: number;
  /** ResType of CM_AMP_MAP.CNF; not answered unless told. */
  readonly ampMapResult?: number;
  /** Never joins a network: the link stays down. */
  readonly linkDown?: boolean;
}

/** The modems of one wire: those that have the same key are linked. */
export class PowerLine {
  readonly #modems = new Set<SimulatedModem>();

  add(modem: SimulatedModem): void {
    this.#modems.add(modem);
  }
  remove(modem: SimulatedModem): void {
    this.#modems.delete(modem);
  }
  peersOf(modem: SimulatedModem): readonly string[] {
    if (modem.key === '' || modem.linkDown) return [];
    return [...this.#modems]
      .filter((other) => other !== modem && !other.linkDown && other.key === modem.key)
      .map((other) => other.mac);
  }
}

/** A modem on a `SimulatedBus`: answers its host, and measures the sounds of other hosts for it. */
export class SimulatedModem {
  readonly mac: string;
  linkDown: boolean;
  /** Answers nothing, as without power. */
  off = false;
  /** Restarts so far. */
  resets = 0;
  readonly #options: SimulatedModemOptions;
  readonly #link: SimulatedLink;
  readonly #line: PowerLine;
  readonly #random: SeededRandom;
  #network: { nid: string; nmk: Secret<Uint8Array> } | undefined;
  #requests = 0;
  #sounds = 0;

  constructor(bus: SimulatedBus, line: PowerLine, options: SimulatedModemOptions) {
    this.mac = options.mac;
    this.linkDown = options.linkDown ?? false;
    this.#options = options;
    this.#line = line;
    this.#random = new SeededRandom(options.seed ?? 1);
    this.#link = bus.join(options.mac, { promiscuous: true });
    this.#link.onFrame((bytes) => {
      const frame = decoded(bytes);
      if (frame) this.#take(frame);
    });
    line.add(this);
  }

  /** The network key as hex, empty when none is set. */
  get key(): string {
    return this.#network ? toHex(this.#network.nmk.reveal()) : '';
  }

  /** Loses its key, as after a loss of power. */
  forget(): void {
    this.#network = undefined;
  }
  /** Says something by itself. */
  say(frame: Sendable): void {
    this.#send(frame);
  }
  /** Takes the modem off the wire. */
  unplug(): void {
    this.#link.close();
    this.#line.remove(this);
  }

  #take(frame: Mme): void {
    const { host } = this.#options;
    if (frame.OSA === host && (frame.ODA === LOCAL_MODEM || frame.ODA === this.mac))
      this.#answer(frame);
    else if (frame.OSA !== host && frame.name === 'CM_MNBC_SOUND.IND') this.#measure(frame);
  }

  #answer(request: Mme): void {
    if (this.off || ++this.#requests <= (this.#options.deafFor ?? 0)) return;
    if (request.name === 'CM_SET_KEY.REQ' && (this.#options.setKeyResult ?? 1) <= 1)
      this.#network = { nid: request.NID, nmk: request.NewKey };
    if (/RS_DEV.REQ|RESET_DEVICE.REQ/.test(request.name)) this.resets++;
    const peers = this.#line.peersOf(this);
    const facts = { mac: this.mac, linked: peers.length > 0, network: this.#network, peers };
    const { vendor, newNetworkInfo, setKeyResult, resetStatus, ampMapResult } = this.#options;
    const answers = vendor === 'lumissil' ? answerAsLumissil : answerAsModem;
    let answer = answers(request, facts);
    if (newNetworkInfo && request.name === 'VS_NW_INFO.REQ')
      answer = request.MMV === 0 ? undefined : networkInfoV2(request.OSA, facts);
    if (answer?.name === 'CM_SET_KEY.CNF' && setKeyResult !== undefined)
      answer = { ...answer, Result: setKeyResult };
    if (answer?.name === 'VS_RS_DEV.CNF' && resetStatus !== undefined)
      answer = { ...answer, MSTATUS: resetStatus };
    if (request.name === 'CM_AMP_MAP.REQ' && ampMapResult !== undefined)
      answer = { name: 'CM_AMP_MAP.CNF', ODA: request.OSA, OSA: this.mac, ResType: ampMapResult };
    if (answer) this.#send(answer);
  }

  #measure(sound: MmeOf<'CM_MNBC_SOUND.IND'>): void {
    if (this.off) return;
    if (++this.#sounds <= (this.#options.skipProfiles ?? 0)) return;
    const mean = this.#options.meanDb ?? 25;
    this.#send({
      name: 'CM_ATTEN_PROFILE.IND',
      ODA: this.#options.host,
      OSA: this.mac,
      PEV_MAC: sound.OSA,
      NumGroups: CARRIER_GROUPS,
      RSVD: 0,
      AAG: Array.from({ length: CARRIER_GROUPS }, () => mean - 3 + this.#random.int(7)),
    });
  }

  #send(frame: Sendable): void {
    this.#link.send(encodeFrame(frame));
  }
}

/** What a modem cannot read it passes over. */
function decoded(bytes: Uint8Array): Mme | undefined {
  try {
    return decodeFrame(bytes);
  } catch (error) {
    if (error instanceof WireError) return undefined;
    throw error;
  }
}
