// How long the build takes to load all message sets, in a process that has loaded nothing of ours before.
await import('@kerbside/kernel');
const began = process.cpuUsage();
await import('../../libs/iso15118/dist/messages/exi-protocol.js');
const { user, system } = process.cpuUsage(began);
console.log(JSON.stringify((user + system) / 1000));
