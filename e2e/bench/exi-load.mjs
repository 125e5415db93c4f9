// How long the build takes to load all message sets and to touch each, in a process that has loaded nothing of ours
// before: `node exi-load.mjs sets|entry`. Sets alone, or the whole of what `@kerbside/iso15118` exports.
await import('@kerbside/kernel');
const modules = {
  sets: '../../libs/iso15118/dist/messages/exi-protocol.js',
  entry: '@kerbside/iso15118',
};
const module = modules[process.argv[2]];
if (!module) throw new Error('sets or entry?');
const cpu = process.cpuUsage();
const wall = performance.now();
const { EXI_PROTOCOLS, exiProtocol } = await import(module);
for (const name of EXI_PROTOCOLS) exiProtocol(name).codec.fragmentElements();
const { user, system } = process.cpuUsage(cpu);
console.log(JSON.stringify({ cpu: (user + system) / 1000, wall: performance.now() - wall }));
