import { describe, expect, it } from 'vitest';
import { maskData, maskToken } from './mask.ts';

describe('masking', () => {
  it.each(['KERB-OWNER', '04A2B3C4D5E6', '12345', '1234', '1', ''])(
    'never shows all of "%s"',
    (token) => {
      const masked = maskToken(token);
      if (token !== '') expect(masked).not.toContain(token);
      expect(masked.replace('…', '').length).toBeLessThanOrEqual(Math.max(0, token.length - 1));
    },
  );

  it('masks tokens and removes secrets at any depth', () => {
    const masked = maskData({
      idToken: 'KERB-OWNER',
      list: [{ body: { idTag: '04A2B3C4D5E6', nmk: '00ff' } }],
      count: 3,
    });
    expect(JSON.stringify(masked)).not.toMatch(/KERB-OWNER|04A2B3C4D5E6|00ff/);
    expect(masked).toMatchObject({ count: 3 });
  });
});
