import {
  type Configuration,
  type EvseConfiguration,
  LOG_LEVELS,
  type LogLevel,
  readPyslacConfiguration,
  type Setting,
  type SlacSettings,
  type UnitSettings,
} from '@kerbside/contracts';
import type { Logger } from '@kerbside/kernel';
import { type FieldError, notFound, ProblemError } from '../http/problem.ts';
import type { ChargerConfig } from '../config.ts';
import type { Installation } from '../wiring/installation.ts';
import { type Overlay, overlayOf, withEvse } from './overlay.ts';
import { describeSlac, slacFaults, type SlacLayers } from './slac-settings.ts';

export interface InstallationParts {
  readonly environment: Pick<ChargerConfig, 'logLevel' | 'slacInitTimeout'>;
  /** With the overlay's EVSE ids and interfaces. */
  readonly installation: Installation;
  readonly origin: Configuration['origin'];
  readonly overlay: Overlay;
  /** Keeps the overlay; rejects where it cannot. */
  save(overlay: Overlay, by: string): Promise<void>;
  /** Tells an EVSE of its new settings. */
  apply(evse: number, layers: SlacLayers): void;
}

const pointerOf = (name: string) => `/${name.replaceAll('.', '/')}`;
const invalid = (errors: readonly FieldError[]) =>
  new ProblemError(400, 'invalid-request', 'The request is not valid', {
    detail: errors.map(({ message }) => message).join('; '),
    errors,
  });

/** What this unit consists of, how it is set, and where each value comes from. */
export class InstallationService {
  readonly #parts: InstallationParts;
  #overlay: Overlay;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: InstallationParts) {
    this.#parts = parts;
    this.#overlay = parts.overlay;
  }

  /** The layers of one EVSE's SLAC settings. */
  layers(evse: number, slac?: SlacSettings): SlacLayers {
    const entry = this.#entry(evse);
    return {
      installation: entry.slac,
      store: slac ?? overlayOf(this.#overlay, evse).slac,
      slacInitTimeout: this.#parts.environment.slacInitTimeout,
    };
  }

  #entry(evse: number) {
    const entry = this.#parts.installation.evses.find(({ id }) => id === evse);
    if (!entry) throw notFound(`EVSE ${evse}`);
    return entry;
  }

  configuration(): Configuration {
    const { installation, origin } = this.#parts;
    return {
      origin,
      unit: [this.#logLevel()],
      evses: installation.evses.map(({ id }) => this.evse(id)),
    };
  }

  evse(id: number): EvseConfiguration {
    const { evseId, interface: name } = this.#entry(id);
    return {
      evse: id,
      ...(evseId === undefined ? {} : { evseId }),
      ...(name === undefined ? {} : { interface: name }),
      settings: describeSlac(this.layers(id)),
    };
  }

  #logLevel(): Setting {
    const { environment, installation } = this.#parts;
    const given = [
      { source: 'installation', value: installation.logLevel },
      { source: 'store', value: this.#overlay.logLevel },
      { source: 'environment', value: environment.logLevel },
    ] as const;
    const set = given.flatMap(({ source, value }) => (value ? [{ source, value }] : []));
    const force = set.at(-1);
    return {
      name: 'logLevel',
      value: force?.value ?? 'info',
      source: force?.source ?? 'default',
      ...(force?.source === 'environment' ? { variable: 'LOG_LEVEL' } : {}),
      overridden: set.slice(0, -1),
      default: 'info',
      choices: [...LOG_LEVELS],
      meaning: 'least level that is logged',
      applies: 'next-start',
    };
  }

  get logLevel(): LogLevel {
    return LOG_LEVELS.find((level) => level === this.#logLevel().value) ?? 'info';
  }

  putUnit({ logLevel }: UnitSettings, by: string): Promise<Configuration> {
    return this.#inTurn(async () => {
      const { evses } = this.#overlay;
      await this.#keep({ evses, ...(logLevel === undefined ? {} : { logLevel }) }, by);
      return this.configuration();
    });
  }

  putSlac(evse: number, body: SlacSettings, by: string): Promise<EvseConfiguration> {
    return this.#inTurn(async () => {
      const faults = slacFaults(this.layers(evse, body));
      if (faults.length > 0)
        throw invalid(faults.map(({ name, message }) => ({ pointer: pointerOf(name), message })));
      await this.#keep(withEvse(this.#overlay, evse, { slac: body }), by);
      this.#parts.apply(evse, this.layers(evse));
      return this.evse(evse);
    });
  }

  /** The EVSEs of the unit, in order of their number, take the ids and interfaces of pySLAC's. */
  async importPyslac(body: unknown, by: string) {
    const read = readPyslacConfiguration(body);
    if ('faults' in read) throw invalid(read.faults);
    const own = this.#parts.installation.evses.map(({ id }) => id).sort((a, b) => a - b);
    if (own.length !== read.evses.length)
      throw new ProblemError(409, 'evses-differ', 'The unit has another number of EVSEs', {
        detail: `number_of_evses is ${read.evses.length}, but this unit has ${own.length}: make its installation document anew with "kerbside installation import-pyslac", which asks for boards and meters`,
      });
    const evses = read.evses.map((entry, index) => ({ evse: own[index] ?? 0, ...entry }));
    return this.#inTurn(async () => {
      let next = this.#overlay;
      for (const { evse, evseId, interface: name } of evses)
        next = withEvse(next, evse, { evseId, interface: name });
      await this.#keep(next, by);
      return { evses, applies: 'next-start' as const };
    });
  }

  /** Each change starts from what the one before it left: there is one overlay for all of them. */
  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(change);
    this.#turn = mine.catch(() => {});
    return mine;
  }

  async #keep(overlay: Overlay, by: string): Promise<void> {
    await this.#parts.save(overlay, by);
    this.#overlay = overlay;
  }

  /** Says at start which values the environment set, and what they override: loud, for it is easily forgotten. */
  tell(log: Logger): void {
    const { unit, evses } = this.configuration();
    const all = [
      ...unit.map((setting) => ({ setting, where: {} })),
      ...evses.flatMap(({ evse, settings }) =>
        settings.map((setting) => ({ setting, where: { evse } })),
      ),
    ];
    for (const { setting, where } of all) {
      const { name, value, source, variable, overridden } = setting;
      if (source === 'environment')
        log.warn('settings.from-environment', { ...where, variable, name, value, overridden });
      else if (source !== 'default') log.info('settings.set', { ...where, name, value, source });
    }
  }
}
