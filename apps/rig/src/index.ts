export { openRig, type Rig } from './rig.ts';
export { readConfig, type RigConfig } from './config.ts';
