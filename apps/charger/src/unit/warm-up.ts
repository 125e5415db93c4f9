import { warmUpIso2 } from '@kerbside/iso15118';

/** Warms the codec of ISO 15118-2 up, a few messages at a time, so that nothing else waits for it. */
export function warmUpCodec(): void {
  const steps = warmUpIso2();
  const next = (): void => {
    for (let i = 0; i < 4; i++) if (steps.next().done) return;
    setImmediate(next);
  };
  setImmediate(next);
}
