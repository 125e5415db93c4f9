import { variableCommand } from './program.ts';

export const rig = variableCommand('rig', 'the charger’s hardware, simulated', {
  sockets: {
    value: 'DIR',
    help: 'directory of its sockets: board, pilot, modem, bench',
    variable: 'KERBSIDE_RIG_SOCKET',
  },
  evse: {
    value: '1=IFACE[,2=IFACE2]',
    help: 'EVSEs and their EV interfaces',
    variable: 'KERBSIDE_EVSES',
  },
  kinds: {
    value: '1=AC[,2=DC]',
    help: 'kinds of EVSEs (default: as the charger says)',
    variable: 'KERBSIDE_RIG_KINDS',
  },
  'meter-port': {
    value: 'PORT',
    help: 'Modbus TCP of EVSE 1, one more for each (default: no meters)',
    variable: 'KERBSIDE_METER_PORT',
  },
  network: {
    value: 'MODE',
    help: 'modems on the interfaces (caller), on sockets (sockets); default: no modems',
    variable: 'KERBSIDE_NETWORK_MODE',
  },
  data: { value: 'DIR', help: 'where the registers are kept', variable: 'KERBSIDE_DATA' },
});
