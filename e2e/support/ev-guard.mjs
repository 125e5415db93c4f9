// The guard of EV interfaces by itself, until standard input ends. Arguments: directory, name of the interface.
import { findTool, guardEvInterfaces, systemClock } from '@kerbside/host';
import { silentLogger } from '@kerbside/kernel';

const [directory, name] = process.argv.slice(2);
const guard = guardEvInterfaces({
  names: [name],
  directory,
  clock: systemClock,
  log: silentLogger,
  ip: findTool('ip'),
});
process.stdout.write('guards\n');
process.stdin.resume().on('end', () => {
  guard.stop();
  process.exit(0);
});
