import { describe, expect, it } from 'vitest';
import { type MessageField, readMessage } from './read-message.ts';

const lines = ({ name, value, children }: MessageField, depth = 0): string[] => [
  ' '.repeat(depth) + name + (value === undefined ? '' : ` ${value}`),
  ...children.flatMap((child) => lines(child, depth + 1)),
];

describe('readMessage', () => {
  it('shows a message of a foreign vehicle with its quantities', () => {
    // CurrentDemandReq of the -2 DC session of a foreign vehicle
    const message = readMessage(
      '809802157799790e187b3a50d1000a01860021006101f4020414300f800030819006102802080640',
    );
    const told = message?.root ? lines(message.root) : [];
    expect(told.filter((line) => !/^ {4}(Multiplier|Unit|Value) /.test(line))).toEqual([
      'V2G_Message',
      ' Header',
      '  SessionID 55DE65E43861ECE9',
      ' Body',
      '  CurrentDemandReq',
      '   DC_EVStatus',
      '    EVReady true',
      '    EVErrorCode NO_ERROR',
      '    EVRESSSOC 20 %',
      '   EVTargetCurrent 1 A',
      '   EVMaximumCurrentLimit 32.000 A',
      '   EVMaximumPowerLimit 80000 W',
      '   BulkChargingComplete false',
      '   ChargingComplete false',
      '   RemainingTimeToFullSoC 100 s',
      '   RemainingTimeToBulkSoC 80 s',
      '   EVTargetVoltage 500 V',
    ]);
    expect(message?.root?.hint).toMatch(/^1\.0 \+\d+$/);
  });

  it('shows as much of a broken one as can be read, and why no more', () => {
    const message = readMessage('80980239a8205325beb5');
    expect(message?.error).toContain('length 8');
    expect(message?.root && lines(message.root)).toEqual(['V2G_Message', ' Header', '  SessionID']);
  });

  it('does not guess', () => {
    expect(readMessage('80ff')).toBeUndefined();
    expect(readMessage('')).toBeUndefined();
  });
});
