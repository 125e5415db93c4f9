import { type ChildProcess, spawn } from 'node:child_process';
import { inNamespace, type NetworkNamespace, runTool } from '@kerbside/host';
import { follow } from './running.ts';

export interface Capture {
  readonly file: string;
  /** Ends the capture; the file is complete afterwards. */
  stop(): Promise<void>;
}

/** Captures what crosses an interface into a pcap file; everything from here on is in it. */
export async function startCapture(
  file: string,
  name: string,
  namespace?: NetworkNamespace,
): Promise<Capture> {
  const args = ['-i', name, '-w', file, '-U', '--immediate-mode', '-Z', 'root'];
  const [command, rest] = namespace ? inNamespace(namespace, 'tcpdump', args) : ['tcpdump', args];
  const child: ChildProcess = spawn(command, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
  const running = follow(child);
  await running.printed(/listening on/);
  return {
    file,
    async stop() {
      child.kill('SIGINT');
      await running.ended();
    },
  };
}

/** How many packets of a capture match a Wireshark display filter, such as `eth.type == 0x88e1`. */
export async function countPackets(file: string, filter: string): Promise<number> {
  const args = ['-n', '-r', file, '-Y', filter, '-T', 'fields', '-e', 'frame.number'];
  return (await runTool('tshark', args)).split('\n').filter(Boolean).length;
}
