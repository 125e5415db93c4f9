import type { FrameLink } from '@kerbside/slac';

/**
 * Two links as one, with the address of the first: sends go to both, frames come from both, a
 * frame that arrives on both is given twice. A send fails when it fails on both.
 */
export function mergeFrameLinks(first: FrameLink, second: FrameLink): FrameLink {
  return {
    get mac() {
      return first.mac;
    },
    send(frame) {
      let failures = 0;
      let last: unknown;
      for (const link of [second, first])
        try {
          link.send(frame);
        } catch (error) {
          failures++;
          last = error;
        }
      if (failures === 2) throw last;
    },
    onFrame(receive) {
      const ends = [first.onFrame(receive), second.onFrame(receive)];
      return () => ends.forEach((end) => end());
    },
    ...(first.onStatus ? { onStatus: first.onStatus.bind(first) } : {}),
    close() {
      first.close();
      second.close();
    },
  };
}
