import { z } from 'zod';

// zod compiles object parsers with Function(), which the content security policy forbids, and decides that when a
// schema is made: everything that makes schemas is loaded after this line.
z.config({ jitless: true });

void import('./start.tsx').then(({ start }) => start());
