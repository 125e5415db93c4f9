/** Runs one command of `kerbside` and gives its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  process.stdout.write(`kerbside ${args.join(' ')}\n`);
  return await Promise.resolve(0);
}
