/** Version of the program; the database knows which versions wrote it. */
export const VERSION = '0.1.0';
