import { variableCommand } from './program.ts';

export const csms = variableCommand('csms', 'a small back-end', {
  listen: {
    value: 'HOST:PORT',
    help: 'where stations (/ocpp/ID) and REST (/api/v1) are served (default 127.0.0.1:9000)',
    variable: 'KERBSIDE_CSMS_LISTEN',
  },
  data: {
    value: 'DIR',
    help: 'directory of its database (default .kerbside/csms)',
    variable: 'KERBSIDE_DATA',
  },
  heartbeat: {
    value: 'SECONDS',
    help: 'interval that stations are told (default 300)',
    variable: 'KERBSIDE_CSMS_HEARTBEAT',
  },
  bench: {
    help: 'know the tokens of the bench’s vehicles',
    variable: 'KERBSIDE_CSMS_BENCH',
  },
});
