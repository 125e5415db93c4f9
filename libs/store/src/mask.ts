/** Shows the last three characters of a token: enough to recognise it, too little to use it. */
export function maskToken(token: string): string {
  return token.length <= 6 ? '***' : `***${token.slice(-3)}`;
}
