import { pinoLogger } from '../../src/wiring/pino-logger.ts';

/** Logs a line a turn for as long as it lives, and says on standard output that it does. */
const log = pinoLogger('info');
let turns = 0;
setInterval(() => {
  for (let line = 0; line < 50; line++) log.info('test.line', { text: 'x'.repeat(200) });
  if (++turns % 50 === 0) process.stdout.write(`${turns} turns\n`);
}, 5);
