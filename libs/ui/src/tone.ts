/** How a state feels: fine, under way, needs a look, broken, at rest. Never shown by colour alone. */
export type Tone = 'ok' | 'info' | 'warn' | 'bad' | 'idle';
