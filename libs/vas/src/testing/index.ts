export { allTools, chargerFacts, MemoryNetwork } from './memory-network.ts';
