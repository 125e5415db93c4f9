// Answers SDP on each interface named, with a port of its own; prints what happens as JSON lines.
import { createSdpServer, systemClock } from '../../libs/host/dist/index.js';
import { ipv6FromText } from '../../libs/iso15118/dist/index.js';

const say = (line) => console.log(JSON.stringify(line));
process.argv.slice(2).forEach((name, index) => {
  createSdpServer({ interface: name }, systemClock).open({
    onRequest: (_request, from) => {
      say({ asked: name, from });
      return { address: ipv6FromText('fe80::1'), port: 50_000 + index, security: 'none' };
    },
    onMalformed: () => say({ malformed: name }),
    onFailure: (error) => say({ failed: name, message: error.message }),
  });
});
say({ up: true });
