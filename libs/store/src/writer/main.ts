// The writer thread.
import { parentPort, workerData } from 'node:worker_threads';
import { connect } from '../database/connection.ts';
import type { WriterData } from './protocol.ts';
import { serveWriter } from './serve.ts';

const { file, run, guard } = workerData as WriterData;
if (parentPort) serveWriter(parentPort, connect(file), run, guard);
