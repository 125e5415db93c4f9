// One side of the SDP test, run inside a network namespace: prints JSON lines.
//   sdp-peer.mjs charger IFACE...   answers on each interface; the port of the answer tells the interface; ends with its standard input
//   sdp-peer.mjs car IFACE LIMIT    asks until one answers, at most LIMIT times; connects and echoes
import {
  connectV2g,
  createSdpServer,
  createTcpV2gTransport,
  discoverSecc,
  systemClock,
} from '@kerbside/host';
import { ipv6ToText } from '@kerbside/iso15118';

const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const [role, ...args] = process.argv.slice(2);

function charger(name) {
  let endpoint;
  const onFailure = (error) => say({ failed: name, error: error.message });
  createTcpV2gTransport({ interface: name }, systemClock).open({
    onEndpoint: (now) => {
      endpoint = now;
      say({ interface: name, port: now?.port ?? null });
    },
    onConnection: (connection) => ({
      onBytes: () => connection.send(new TextEncoder().encode(name)),
      onClosed: () => {},
    }),
    onFailure,
  });
  createSdpServer({ interface: name }, systemClock).open({
    onRequest: (request, from) => {
      say({ asked: name, from, answered: endpoint !== undefined });
      return endpoint;
    },
    onMalformed: () => {},
    onFailure,
  });
}

async function car(name, limit) {
  try {
    const found = await discoverSecc({ interface: name }, 'none', systemClock, Number(limit)).found;
    const host = `${ipv6ToText(found.address)}%${name}`;
    const connection = await connectV2g(host, found.port, () => ({
      onBytes: (bytes) => {
        say({ found: found.port, reached: new TextDecoder().decode(bytes) });
        process.exit(0);
      },
      onClosed: () => {},
    }));
    connection.send(Uint8Array.of(1));
  } catch (error) {
    say({ error: error.code });
    process.exit(0);
  }
}

if (role === 'charger') {
  process.stdin.on('end', () => process.exit(0)).resume();
  for (const name of args) charger(name);
} else await car(...args);
