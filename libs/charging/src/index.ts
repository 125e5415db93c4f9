export * from './facts.ts';
export * from './pilot.ts';
export * from './ports.ts';
