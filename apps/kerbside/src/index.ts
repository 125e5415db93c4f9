export { runStart } from './commands/start.ts';
export { runCommand } from './run-command.ts';
export type { Command, CommandIo } from './commands/command.ts';
export type { ChildEnvironment, NetworkMode } from './launcher/environment.ts';
export { WILL_NOT_START } from './launcher/environment.ts';
export type { ChildName, Programs } from './launcher/programs.ts';
