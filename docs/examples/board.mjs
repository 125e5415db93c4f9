// An example board for Kerbside: the smallest that is safe. Run: node board.mjs /run/kerbside/board-1.sock
// Replace the five functions of `hardware` by what drives your pins.
import { createServer } from 'node:net';
import { rmSync } from 'node:fs';

const hardware = {
  setPilot: (output, dutyPercent) => {}, // X1: steady +12 V, F: steady -12 V, duty: 1 kHz
  setContactor: (closed) => {},
  setLock: (locked) => {},
  readPilot: () => 'A', // A..F from the positive level, see the table of pilot voltages
};
const state = { contactor: 'open', lock: 'unlocked', pilot: hardware.readPilot() };
const VOLTS = { A: 12, B: 9, C: 6, D: 3, E: 0, F: -12 };
let charger; // the socket of the one charger
let lastBeat = -Infinity;
let free = state.pilot === 'A'; // no vehicle was there when last seen
let pluggedAt; // since when one is there; not known of one that came before this program

const say = (event) => charger?.write(JSON.stringify(event) + '\n');
const sayPilot = (more) =>
  say({ event: 'pilot', state: state.pilot, voltage: VOLTS[state.pilot], ...more });

function setContactor(position) {
  hardware.setContactor(position === 'closed');
  if (state.contactor === position) return;
  state.contactor = position;
  say({ event: 'contactor', state: position });
}
const alive = () => performance.now() - lastBeat <= 1000;
const openNow = () => setContactor('open');

const commands = {
  hello() {
    say({ event: 'hello', protocol: 'kerbside-board', version: 1, board: 'example 1.0' });
    say({ event: 'cable' }); // a fixed cable has no rating to report
    say({ event: 'contactor', state: state.contactor });
    say({ event: 'lock', state: state.lock });
    sayPilot(pluggedAt && { pluggedForMs: Math.round(performance.now() - pluggedAt) });
    say({ event: 'ready' }); // the whole state has been told
  },
  heartbeat({ seq }) {
    lastBeat = performance.now();
    say({ event: 'heartbeat', seq });
  },
  pilot: ({ output, dutyPercent }) => hardware.setPilot(output, dutyPercent),
  contactor: ({ set }) => (set === 'closed' && alive() ? setContactor('closed') : openNow()),
  lock({ locked }) {
    hardware.setLock(locked);
    state.lock = locked ? 'locked' : 'unlocked';
    say({ event: 'lock', state: state.lock });
  },
};

function take(line) {
  try {
    const message = JSON.parse(line);
    if (Object.hasOwn(commands, message.command)) commands[message.command](message);
  } catch (error) {
    say({ event: 'error', code: 'line', text: String(error.message).slice(0, 300) });
  }
}

setInterval(() => {
  if (!alive()) openNow(); // the watch-dog: one second of silence
  const pilot = hardware.readPilot();
  if (pilot !== state.pilot) {
    state.pilot = pilot;
    if (free && 'BCD'.includes(pilot)) pluggedAt = performance.now();
    if (pilot === 'A') pluggedAt = undefined;
    if ('ABCD'.includes(pilot)) free = pilot === 'A';
    if (pilot !== 'C' && pilot !== 'D') openNow(); // never wait for the charger to open
    sayPilot();
  }
}, 10);

const path = process.argv[2] ?? '/run/kerbside/board-1.sock';
rmSync(path, { force: true });
createServer((socket) => {
  openNow(); // the newest charger counts, and it has ordered nothing yet
  lastBeat = -Infinity;
  charger?.destroy();
  charger = socket;
  let rest = '';
  socket.setEncoding('utf8').on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop().slice(0, 65536);
    lines.forEach(take);
  });
  socket
    .on('error', () => {})
    .on('close', () => charger === socket && (openNow(), (lastBeat = -Infinity)));
}).listen(path);
