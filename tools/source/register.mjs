// `node --conditions=@kerbside/source --import ./tools/source/register.mjs file.ts` runs our TypeScript
// sources without a build, on a Node that cannot strip types itself. Tests and development only.
import { register } from 'node:module';

if (!process.features.typescript) register('./hooks.mjs', import.meta.url);
