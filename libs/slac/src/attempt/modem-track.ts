import type { ModemReport, ModemVendor } from '../evse/report.ts';
import type { Mme } from '../messages/catalogue.ts';
import type { SeenModem } from './attempt.ts';
import { roundMs } from './steps.ts';

/** Follows the charger's own modem, in and between attempts. */
export class ModemTrack {
  #vendor: ModemVendor = 'unknown';
  #mac: string | undefined;
  #version: string | undefined;
  #trouble: SeenModem['trouble'];
  #setKey: { requests: number; nid: string; result: number | undefined; at: number } | undefined;
  /** CM_SET_KEY.REQ of all keys. */
  setKeyRequests = 0;

  take(frame: Mme, at: number): void {
    if (frame.name === 'CM_SET_KEY.REQ') {
      const again = this.#setKey?.nid === frame.NID ? this.#setKey : undefined;
      this.#setKey = {
        requests: (again?.requests ?? 0) + 1,
        nid: frame.NID,
        result: undefined,
        at,
      };
      this.setKeyRequests++;
    } else if (frame.name === 'CM_SET_KEY.CNF') {
      this.#mac = frame.OSA;
      if (this.#setKey) this.#setKey = { ...this.#setKey, result: frame.Result, at };
    }
  }

  told({ state, vendor, mac, version }: ModemReport): void {
    if (vendor !== 'unknown') this.#vendor = vendor;
    this.#mac = mac ?? this.#mac;
    this.#version = version ?? this.#version;
    this.#trouble = state === 'ready' || state === 'found' ? undefined : state;
  }

  /** `began`: monotonic, so that times count from the begin of an attempt; earlier ones are negative. */
  facts(began: number): SeenModem {
    const key = this.#setKey;
    return {
      vendor: this.#vendor,
      ...(this.#mac === undefined ? {} : { mac: this.#mac }),
      ...(this.#version === undefined ? {} : { version: this.#version }),
      ...(this.#trouble === undefined ? {} : { trouble: this.#trouble }),
      ...(key
        ? {
            setKey: {
              requests: key.requests,
              ...(key.result === undefined ? {} : { result: key.result }),
              at: roundMs(key.at - began),
            },
          }
        : {}),
    };
  }
}
