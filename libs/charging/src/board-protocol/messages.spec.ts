import { WireError } from '@kerbside/kernel';
import { SeededRandom } from '@kerbside/kernel/testing';
import { describe, expect, it } from 'vitest';
import { benchReplies, benchRequests } from '../pilot-protocol/bench-messages.ts';
import { inletMessages, vehicleMessages } from '../pilot-protocol/pilot-messages.ts';
import { boardCommands, boardEvents } from './messages.ts';

const samples = {
  command: [
    '{"command":"hello","protocol":"kerbside-board","version":1,"evse":1}',
    '{"command":"heartbeat","seq":17}',
    '{"command":"pilot","output":"duty","dutyPercent":53.3}',
    '{"command":"contactor","set":"closed"}',
    '{"command":"contactor","set":"closed","output":"DC"}',
    '{"command":"lock","locked":true}',
    '{"command":"supply","voltage":400,"current":125}',
    '{"command":"supply-off"}',
    '{"command":"limit","current":16}',
    '{"command":"insulation","measure":true}',
  ],
  event: [
    '{"event":"hello","protocol":"kerbside-board","version":1,"board":"x","supply":{"minVoltage":150,"maxVoltage":1000,"minCurrent":0,"maxCurrent":200,"maxPower":60000},"insulation":true}',
    '{"event":"heartbeat","seq":17}',
    '{"event":"pilot","state":"B","voltage":9}',
    '{"event":"cable","rating":32}',
    '{"event":"contactor","state":"welded"}',
    '{"event":"lock","state":"locked"}',
    '{"event":"fault","code":"emergency-stop","text":"button","active":true}',
    '{"event":"token","idToken":"04A1"}',
    '{"event":"temperature","celsius":31.5}',
    '{"event":"supply","voltage":399.8,"current":12}',
    '{"event":"insulation","status":"valid","kiloOhm":1000}',
    '{"event":"ready"}',
    '{"event":"error","code":"line.json","text":"not JSON","column":3}',
  ],
  see: [
    '{"see":"hello","protocol":"kerbside-pilot","version":1,"evse":1,"phases":3,"stepMs":20}',
    '{"see":"pilot","output":"duty","dutyPercent":5,"voltage":9}',
    '{"see":"contactor","closed":true}',
    '{"see":"tick","seq":1,"dtMs":20,"voltage":[230,230,230],"current":[16,16,16]}',
    '{"see":"order","id":3,"order":"plug-in","kind":"ac","batteryWh":60000,"soc":20,"energyWh":100,"token":"TAG1"}',
  ],
  say: [
    '{"say":"hello","protocol":"kerbside-pilot","version":1,"vehicle":"simulated"}',
    '{"say":"plug","plugged":true,"cableRating":32}',
    '{"say":"resistor","state":"C"}',
    '{"say":"load","current":[16,16,16]}',
    '{"say":"battery","voltage":390,"contactor":"closed"}',
    '{"say":"status","phase":"charging","soc":42.5,"energyWh":12.5}',
    '{"say":"token","idToken":"TAG1"}',
    '{"say":"answer","id":3,"ok":false,"code":"busy","text":"plugged in already"}',
  ],
  do: [
    '{"do":"state","id":1}',
    '{"do":"subscribe","id":2}',
    '{"do":"plug-in","id":3,"evse":1,"cableRating":20}',
    '{"do":"pilot","id":4,"evse":1,"state":"C"}',
    '{"do":"token","id":5,"evse":1,"idToken":"TAG1"}',
    '{"do":"fault","id":6,"evse":1,"fault":"meter-silent","active":true}',
    '{"do":"vehicle","id":7,"evse":1,"order":"plug-in","kind":"basic"}',
  ],
  reply: [
    '{"reply":"ok","id":3}',
    '{"reply":"refused","id":3,"code":"no-vehicle","text":"no vehicle is connected"}',
  ],
} as const;
const sets = {
  command: boardCommands,
  event: boardEvents,
  see: inletMessages,
  say: vehicleMessages,
  do: benchRequests,
  reply: benchReplies,
} as const;

describe('board, pilot and bench protocol', () => {
  for (const [tag, lines] of Object.entries(samples))
    it.each(lines)(`${tag}: %s survives the round trip`, (line) => {
      const parsed = sets[tag as keyof typeof sets].parse(line);
      expect(parsed).not.toBeInstanceOf(WireError);
      expect(parsed).toEqual(JSON.parse(line));
    });

  it.each([
    ['{"command":"pilot","output":"duty","dutyPercent":101}', 'dutyPercent'],
    ['{"command":"contactor","set":"half"}', 'set'],
    ['{"command":"heartbeat","seq":-1}', 'seq'],
    ['{"command":"supply","voltage":1e999,"current":1}', 'voltage'],
  ])('%s is refused at field %s', (line, path) => {
    const error = boardCommands.parse(line) as WireError;
    expect(error).toBeInstanceOf(WireError);
    expect(error.path).toBe(path);
  });

  it('parses 20,000 mutated lines to a message or a WireError (seed 11)', () => {
    const random = new SeededRandom(11);
    let errors = 0;
    for (let round = 0; round < 20_000; round++) {
      const tag = random.pick(Object.keys(samples) as (keyof typeof samples)[]);
      const chars = [...random.pick<string>(samples[tag])];
      for (let n = random.int(4); n > 0; n--)
        chars.splice(
          random.int(chars.length),
          random.int(4),
          random.pick([...'{}[]",:019e-.x\\n']),
        );
      const parsed = sets[tag].parse(chars.join(''));
      if (parsed instanceof WireError) errors++;
    }
    expect(errors).toBeGreaterThan(5000);
    expect(errors).toBeLessThan(20_000);
  });
});
