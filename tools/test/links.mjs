// Every link of the documents to a place in the repository leads somewhere.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root, run } from '../setup/steps.mjs';

/** The links of a Markdown text, code left out. */
export function linksOf(text) {
  const prose = text.replace(/^```[^]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)(?: "[^"]*")?\)/g)].map((match) => match[1]);
}

/** The anchors of a Markdown text's headings, as GitHub makes them. */
export function anchorsOf(text) {
  const headings = text.replace(/^```[^]*?^```/gm, '').matchAll(/^#{1,6} (.+)$/gm);
  return [...headings].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- ]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );
}

/** Names every link to a file or heading of the repository that is not there. */
export async function linkProblems() {
  const { code, output } = await run('git', ['ls-files', '*.md']);
  if (code !== 0) return [`git ls-files: ${output}`];
  const problems = [];
  for (const file of output.split('\n').filter(Boolean)) {
    if (!existsSync(join(root, file))) continue;
    for (const link of linksOf(readFileSync(join(root, file), 'utf8'))) {
      if (/^[a-z][a-z+.-]*:/.test(link)) continue;
      const [path, anchor] = link.split('#');
      const target = path === '' ? join(root, file) : join(root, dirname(file), path);
      if (!existsSync(target)) problems.push(`${file}: there is no ${link}`);
      else if (anchor && !anchorsOf(readFileSync(target, 'utf8')).includes(anchor))
        problems.push(`${file}: ${link} has no such heading`);
    }
  }
  return problems;
}
