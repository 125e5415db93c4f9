export { type CsmsConfig, readConfig } from './config.ts';
export { type RunningCsms, startCsms } from './start-csms.ts';
