// Opens frame links on the interfaces named and speaks JSON lines: what arrives and how the links
// are, out; `{"send":IFACE,"hex","times"}`, `{"counts":IFACE}`, `{"cpu":true}` and `{"close":true}`, in.
//   frame-link-peer.mjs [--watch=poll|worker] [--promiscuous] [--quiet] IFACE...
import { createInterface } from 'node:readline';
import { openPacketFrameLink } from '@kerbside/host';

const say = (line) => console.log(JSON.stringify(line));
const hex = (bytes) => Buffer.from(bytes).toString('hex');
const args = process.argv.slice(2);
const watch = /^--watch=(.*)$/.exec(args.find((arg) => arg.startsWith('--watch=')) ?? '')?.[1];
const promiscuous = args.includes('--promiscuous');
const quiet = args.includes('--quiet');
const links = new Map();
for (const iface of args.filter((arg) => !arg.startsWith('--'))) {
  try {
    const link = openPacketFrameLink({
      iface,
      watch: watch ?? 'auto',
      promiscuous,
      onStatus: ({ state, what }) => say({ iface, state, what }),
    });
    if (!quiet) link.onFrame((frame) => say({ iface, frame: hex(frame) }));
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
      for (let i = 0; i < (order.times ?? 1); i++)
        links.get(order.send).send(Buffer.from(order.hex, 'hex'));
      say({ sent: order.send });
    } catch (error) {
      say({ failed: order.send, code: error.code, message: error.message });
    }
  } else if (order.counts) {
    const link = links.get(order.counts);
    say({ counts: order.counts, mac: hex(link.mac), ...link.counts() });
  } else if (order.cpu) {
    const { user, system } = process.cpuUsage();
    say({ cpuMs: (user + system) / 1000 });
  } else if (order.close) {
    for (const link of links.values()) link.close();
    process.stdin.destroy();
    say({ closed: true });
  }
});
