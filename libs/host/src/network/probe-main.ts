import { probe, type ProbeOrder } from './probe.ts';

const order = JSON.parse(process.argv[2] ?? '{}') as ProbeOrder;
process.stdout.write(JSON.stringify(await probe(order)));
process.exit(0);
