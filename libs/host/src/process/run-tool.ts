import { spawn } from 'node:child_process';
import { type Duration, PortError, seconds } from '@kerbside/kernel';

export interface ToolOptions {
  /** Written to the tool's standard input. */
  readonly input?: string;
  readonly limit?: Duration;
  readonly env?: NodeJS.ProcessEnv;
}

/** A tool of the system ended with an error, could not be started, or took too long. */
export class ToolError extends PortError {
  readonly exitCode: number | undefined;
  readonly stderr: string;

  constructor(what: string, exitCode: number | undefined, stderr: string, cause?: unknown) {
    const detail = stderr.trim() || `exit code ${exitCode ?? 'none'}`;
    super('tool-failed', `${what}: ${detail}`, cause === undefined ? {} : { cause });
    this.exitCode = exitCode;
    this.stderr = stderr;
  }
}

/** Runs a tool of the system by argument list, never through a shell, and gives what it printed. */
export function runTool(
  command: string,
  args: readonly string[],
  options: ToolOptions = {},
): Promise<string> {
  const what = [command, ...args].join(' ');
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(options.env ? { env: options.env } : {}),
    });
    let stdout = '';
    let stderr = '';
    const timer = setTimeout(
      () => {
        stderr += `no end after ${(options.limit ?? seconds(20)) / 1000} s`;
        child.kill('SIGKILL');
      },
      options.limit ?? seconds(20),
    );
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', (cause) => {
      clearTimeout(timer);
      reject(new ToolError(what, undefined, cause.message, cause));
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      if (code === 0) resolve(stdout);
      else reject(new ToolError(what, code ?? undefined, stderr));
    });
    // A tool that ends before it has read its input is judged by its exit code alone.
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');
  });
}
