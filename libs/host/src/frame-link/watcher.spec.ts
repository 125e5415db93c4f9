import { describe, expect, it } from 'vitest';
import { watchKindFor } from './watcher.ts';

describe('the way in which a socket is watched', () => {
  it('is the event loop where koffi has it, else a thread; never one that is not there', () => {
    const having = { node: { poll: () => ({}) } } as never;
    expect(watchKindFor(having, 'auto')).toBe('poll');
    expect(watchKindFor(having, 'worker')).toBe('worker');
    for (const lacking of [{}, { node: undefined }, { node: {} }] as never[]) {
      expect(watchKindFor(lacking, 'auto')).toBe('worker');
      expect(() => watchKindFor(lacking, 'poll')).toThrow('cannot watch descriptors');
    }
  });
});
