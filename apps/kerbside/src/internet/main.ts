import { exitWithParent } from '@kerbside/host';
import { serveSmallInternet } from './small-internet.ts';

const close = await serveSmallInternet();
exitWithParent(close);
process.stdout.write(`${JSON.stringify({ event: 'ready' })}\n`);
