import { createRequire } from 'node:module';
import { describe, expect, it, vi } from 'vitest';
import { type WakeCalls, watchByThread, watchKindFor } from './watcher.ts';

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

describe('a thread that watches', () => {
  const PATIENT = { timeout: 15_000 };
  /** Notes what is done with the descriptor that wakes the thread. */
  function noted(): { readonly calls: WakeCalls; readonly done: string[] } {
    const done: string[] = [];
    return {
      done,
      calls: {
        eventfd: () => 1_000_077, // no such descriptor: poll(2) says POLLNVAL for it at once
        write: (fd) => done.push(`write ${fd}`),
        close: (fd) => done.push(`close ${fd}`),
      },
    };
  }

  it('tells that it ended unasked, and leaves the descriptor alone that it woke by', async () => {
    const { calls, done } = noted();
    const [ready, ended] = [vi.fn(), vi.fn()];
    const watcher = watchByThread('/nonexistent/koffi', calls, -1, ready, ended);
    await vi.waitFor(() => expect(ended).toHaveBeenCalledOnce(), PATIENT);
    expect(ended.mock.calls[0]?.[0]).toContain('/nonexistent/koffi');
    watcher.restart();
    watcher.stop();
    watcher.close();
    watcher.close();
    expect(done).toEqual(['close 1000077']);
    expect(ready).not.toHaveBeenCalled();
  });

  it('ends when it is told to, once, and does not tell of it', async () => {
    const { calls, done } = noted();
    const ended = vi.fn();
    const koffi = createRequire(import.meta.url).resolve('koffi');
    const watcher = watchByThread(koffi, calls, -1, () => {}, ended);
    watcher.close();
    watcher.close();
    await vi.waitFor(() => expect(done).toContain('close 1000077'), PATIENT);
    watcher.close();
    expect(done).toEqual(['write 1000077', 'close 1000077']);
    expect(ended).not.toHaveBeenCalled();
  });
});
