// Asks for a charger on one interface; prints the port it answered, or the error's code.
import { discoverSecc, systemClock } from '../../libs/host/dist/index.js';

const [name, limit] = process.argv.slice(2);
try {
  const { port } = await discoverSecc({ interface: name }, 'none', systemClock, Number(limit))
    .found;
  console.log(port);
} catch (error) {
  console.log(error.code);
}
