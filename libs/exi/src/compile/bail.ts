/** Thrown by compiled code at any surprise: the interpreter then says what the stream or the value is worth. */
export const BAIL: unique symbol = Symbol('bail');

/** No stream or value that is larger goes through compiled code. In bytes. */
export const SCRATCH = 0x10000;
/** What the widest load or store may reach beyond it. */
export const MARGIN = 16;
