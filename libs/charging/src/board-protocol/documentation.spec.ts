import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { benchReplies, benchRequests } from '../pilot-protocol/bench-messages.ts';
import { inletMessages, vehicleMessages } from '../pilot-protocol/pilot-messages.ts';
import { boardCommands, boardEvents } from './messages.ts';

const sets = {
  command: boardCommands,
  event: boardEvents,
  do: benchRequests,
  reply: benchReplies,
  see: inletMessages,
  say: vehicleMessages,
} as const;

describe('every message that the documentation shows is one', () => {
  it.each([
    ['board-integration.md', 57],
    ['bench.md', 19],
  ] as const)('%s', (file, atLeast) => {
    const text = readFileSync(new URL(`../../../../docs/${file}`, import.meta.url), 'utf8');
    const shown = [
      ...text.matchAll(/\{"(command|event|do|reply|see|say)":.*?\}(?=[`\n ])/g),
    ].filter(([line]) => !line.includes('...'));
    expect(shown.length).toBeGreaterThanOrEqual(atLeast);
    for (const [line, tag] of shown)
      expect(sets[tag as keyof typeof sets].parse(line), line).toEqual(JSON.parse(line));
  });
});
