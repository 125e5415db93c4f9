import { Worker, type WorkerOptions } from 'node:worker_threads';

/** Starts the thread whose program lies at `stem` beside the caller: TypeScript in development. */
export function startThread(
  stem: string,
  callerUrl: string,
  workerData: unknown,
  options: WorkerOptions = {},
): Worker {
  const source = callerUrl.endsWith('.ts');
  const program = new URL(`${stem}${source ? '.ts' : '.js'}`, callerUrl);
  const tools = new URL('../../../tools/source/register.mjs', import.meta.url);
  const execArgv = source ? ['--conditions=@kerbside/source', '--import', tools.href] : [];
  return new Worker(program, { ...options, workerData, execArgv });
}
