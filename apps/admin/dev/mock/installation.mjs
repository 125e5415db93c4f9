/** A few settings of each kind; the real ones are the charger's. */
const SPECS = [
  {
    name: 'timers.TT_EVSE_SLAC_init',
    default: 40_000,
    least: 20_000,
    most: 50_000,
    unit: 'ms',
    standard: '20 to 50 s, ISO 15118-3, Table A.1',
    meaning: 'pilot B, C or D to the first CM_SLAC_PARM.REQ',
    applies: 'next-matching',
  },
  {
    name: 'timers.T_step_EF',
    default: 4000,
    least: 4000,
    most: 8000,
    unit: 'ms',
    standard: 'at least 4 s',
    meaning: 'state F between two tries, or to wake',
    applies: 'next-step',
  },
  {
    name: 'validation',
    default: 'lenient',
    choices: ['lenient', 'strict'],
    meaning: 'what cars are forgiven',
    applies: 'next-matching',
  },
  {
    name: 'modem.mac',
    default: '00:b0:52:00:00:01',
    meaning: 'address at which the own modem is asked',
    applies: 'next-matching',
  },
];

const at = (document, name) =>
  name.split('.').reduce((value, part) => value?.[part], document ?? {});

function setting(spec, stored) {
  const kept = at(stored, spec.name);
  const environment = spec.name.endsWith('SLAC_init') ? 50_000 : undefined;
  const given = [
    ...(kept === undefined ? [] : [{ source: 'store', value: kept }]),
    ...(environment === undefined ? [] : [{ source: 'environment', value: environment }]),
  ];
  const force = given.at(-1);
  return {
    ...spec,
    value: force?.value ?? spec.default,
    source: force?.source ?? 'default',
    ...(force?.source === 'environment' ? { variable: 'SLAC_INIT_TIMEOUT' } : {}),
    overridden: given.slice(0, -1),
  };
}

/** The settings of the unit in memory. */
export class MockInstallation {
  slac = new Map([[1, { timers: { TT_EVSE_SLAC_init: 45_000, T_step_EF: 5000 } }]]);
  logLevel = undefined;

  evse(id) {
    const settings = SPECS.map((spec) => setting(spec, this.slac.get(id)));
    return { evse: id, evseId: `DE*KRB*E${id}`, interface: `plc${id - 1}`, settings };
  }

  configuration(ids) {
    const logLevel = {
      name: 'logLevel',
      value: this.logLevel ?? 'info',
      source: this.logLevel === undefined ? 'default' : 'store',
      overridden: [],
      default: 'info',
      choices: ['debug', 'info', 'warn', 'error'],
      meaning: 'least level that is logged',
      applies: 'next-start',
    };
    return { origin: 'file', unit: [logLevel], evses: ids.map((id) => this.evse(id)) };
  }
}
