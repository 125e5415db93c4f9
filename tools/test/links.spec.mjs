import { describe, expect, it } from 'vitest';
import { anchorsOf, linkProblems, linksOf } from './links.mjs';

describe('links of documents', () => {
  it('are found in prose, not in code', () => {
    const text = '[a](b.md#c) ![d](e.png "f") `[g](h)`\n```\n[i](j)\n```\n[k](https://l)';
    expect(linksOf(text)).toEqual(['b.md#c', 'e.png', 'https://l']);
  });

  it('headings have the anchors that a browser jumps to', () => {
    expect(anchorsOf('# What it does\n## `npm test`, and more\n')).toEqual([
      'what-it-does',
      'npm-test-and-more',
    ]);
  });

  it('all lead somewhere', async () => expect(await linkProblems()).toEqual([]));
});
