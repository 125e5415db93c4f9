// @vitest-environment jsdom
import '../testing/browser.ts';
import { ALL_PERMISSIONS } from '@kerbside/contracts';
import { expect, it } from 'vitest';
import { router } from './router.tsx';

it('every page declares who may see it', () => {
  const pages = Object.values(router.routesById).filter((route) => route.id !== '__root__');
  expect(pages.length).toBeGreaterThanOrEqual(11);
  for (const route of pages)
    expect(['self', ...ALL_PERMISSIONS], route.id).toContain(route.options.staticData.permission);
});
