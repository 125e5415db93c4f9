// Opens the store at ARGV[2], tells how that went, and holds it until its standard input ends.
import { openStore } from '@kerbside/store';
import { systemClock } from '../../src/testing/system-clock.ts';

try {
  const store = openStore({ path: process.argv[2] ?? '', clock: systemClock });
  console.log(JSON.stringify({ open: true }));
  process.stdin.resume().on('end', () => void store.close());
} catch (error) {
  const { code, message } = error as { code?: string; message: string };
  console.log(JSON.stringify({ code, message }));
}
