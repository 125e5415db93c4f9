// `node --conditions=@kerbside/source --import ./tools/source/register.mjs file.ts` runs our TypeScript
// sources without a build, alike on every Node that we support. Tests and development only.
import { register } from 'node:module';

register('./hooks.mjs', import.meta.url);
