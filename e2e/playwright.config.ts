import { fileURLToPath } from 'node:url';
import { defineConfig, type PlaywrightTestConfig } from '@playwright/test';

type Use = PlaywrightTestConfig['use'];

const args = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const desktop: Use = { viewport: { width: 1440, height: 900 }, colorScheme: 'light' };
const phone: Use = {
  viewport: { width: 390, height: 844 },
  colorScheme: 'dark',
  hasTouch: true,
};
// all that runs on the one bench, one file after the other; the rest has chargers of its own
const onBench = 'bench.ui.spec.ts';

/** The web UIs in Debian's Chromium, as a desktop by day and a phone by night. Screenshots are made, never compared. */
export default defineConfig({
  globalSetup: fileURLToPath(new URL('./playwright/global-setup.ts', import.meta.url)),
  testDir: fileURLToPath(new URL('./playwright', import.meta.url)),
  testMatch: '**/*.ui.spec.ts',
  outputDir: fileURLToPath(new URL('../test-results/browser', import.meta.url)),
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: '/usr/bin/chromium', args },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
  projects: [
    { name: 'desktop on the bench', testMatch: onBench, use: desktop },
    {
      name: 'phone on the bench',
      testMatch: onBench,
      use: phone,
      dependencies: ['desktop on the bench'],
    },
    { name: 'desktop', testIgnore: onBench, use: desktop },
    // a phone has no keyboard
    { name: 'phone', testIgnore: onBench, use: phone, grepInvert: /by keyboard alone/ },
  ],
});
