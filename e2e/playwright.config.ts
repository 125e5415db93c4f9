import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';

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

/** The web UIs in Debian's Chromium, as a desktop by day and a phone by night. Screenshots are made, never compared. */
export default defineConfig({
  globalSetup: fileURLToPath(new URL('./playwright/global-setup.ts', import.meta.url)),
  testDir: fileURLToPath(new URL('./playwright', import.meta.url)),
  testMatch: '**/*.ui.spec.ts',
  outputDir: fileURLToPath(new URL('../test-results/browser', import.meta.url)),
  workers: 1,
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
    { name: 'desktop', use: { viewport: { width: 1440, height: 900 }, colorScheme: 'light' } },
    {
      name: 'phone',
      // a phone has no keyboard
      grepInvert: /by keyboard alone/,
      use: { viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true },
    },
  ],
});
