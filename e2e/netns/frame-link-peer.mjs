// Opens frame links on the interfaces named and speaks JSON lines: what arrives and how the links
// are, out; `{"send":IFACE,"hex"}`, `{"cpu":true}` and `{"close":true}`, in.
import { createInterface } from 'node:readline';
import { openPacketFrameLink } from '@kerbside/host';

const say = (line) => console.log(JSON.stringify(line));
const hex = (bytes) => Buffer.from(bytes).toString('hex');
const links = new Map();
for (const iface of process.argv.slice(2)) {
  try {
    const link = openPacketFrameLink({
      iface,
      onStatus: ({ state, what }) => say({ iface, state, what }),
    });
    link.onFrame((frame) => say({ iface, frame: hex(frame) }));
    links.set(iface, link);
    say({ iface, mac: hex(link.mac) });
  } catch (error) {
    say({ iface, code: error.code, message: error.message });
  }
}
createInterface({ input: process.stdin }).on('line', (line) => {
  const order = JSON.parse(line);
  if (order.send) {
    try {
      links.get(order.send).send(Buffer.from(order.hex, 'hex'));
      say({ sent: order.send });
    } catch (error) {
      say({ failed: order.send, code: error.code, message: error.message });
    }
  } else if (order.cpu) {
    const { user, system } = process.cpuUsage();
    say({ cpuMs: (user + system) / 1000 });
  } else if (order.close) {
    for (const link of links.values()) link.close();
    process.stdin.destroy();
    say({ closed: true });
  }
});
