import type { Clock } from '@kerbside/kernel';
import { type EvseSlacReport, KEPT_BYTES } from '@kerbside/slac';
import { type EvseJournal, withoutKind } from '../wiring/journal.ts';

/** Bytes a minute for what anybody on the wire can cause to be noted; a matching process takes little of it. */
export const BYTES_PER_MINUTE = 256 * 1024;
const MINUTE = 60_000;

type Report = EvseSlacReport;
type Trace = Extract<Report, { kind: 'frame' | 'undecodable' | 'ignored' | 'tolerated' }>;
const isTrace = (report: Report): report is Trace =>
  report.kind === 'frame' ||
  report.kind === 'undecodable' ||
  report.kind === 'ignored' ||
  report.kind === 'tolerated';

const trimmed = (report: Report): Report =>
  report.kind === 'frame' && report.hex.length > 2 * KEPT_BYTES
    ? { ...report, hex: report.hex.slice(0, 2 * KEPT_BYTES) }
    : report;

/** Notes what SLAC reports. Of what strangers can cause, a bounded number of bytes a minute; the rest is counted. */
export function slacJournal(clock: Clock, journal: EvseJournal): (report: Report) => void {
  let windowStart = clock.monotonic();
  let spent = 0;
  let left = 0;

  const note = (report: Report): void =>
    journal.note('slac', `slac.${report.kind}`, withoutKind(report));

  return (told) => {
    const now = clock.monotonic();
    if (now - windowStart >= MINUTE) {
      if (left > 0) note({ kind: 'suppressed', reports: left });
      windowStart = now;
      spent = 0;
      left = 0;
    }
    const report = trimmed(told);
    const full = spent >= BYTES_PER_MINUTE;
    if (report.kind === 'suppressed' && full) left += report.reports;
    else if (!isTrace(report)) note(report);
    else if (full) left++;
    else {
      spent += JSON.stringify(report).length;
      note(report);
    }
  };
}
