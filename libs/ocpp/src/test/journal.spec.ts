import { describe, expect, it } from 'vitest';
import { bench, begin, answerTo } from '../testing/station-scenario.ts';

describe('the journal', () => {
  it('shows every message with its action, and no whole idTag', async () => {
    await begin();
    bench.csmsDisk.tokens.set('04A1B2C3D4E5F6', { idTag: '04A1B2C3D4E5F6', status: 'Accepted' });
    const asked = bench.station.authorize('04A1B2C3D4E5F6', 1);
    await bench.run(300);
    await asked;
    const messages = bench.facts
      .filter(({ type }) => type === 'ocpp.message')
      .map(({ data }) => data);
    expect(messages).toContainEqual(
      expect.objectContaining({
        direction: 'sent',
        kind: 'call',
        action: 'Authorize',
        payload: { idTag: '04***F6' },
      }),
    );
    expect(messages).toContainEqual(
      expect.objectContaining({ direction: 'received', kind: 'result', action: 'Authorize' }),
    );
    expect(JSON.stringify(bench.facts)).not.toContain('04A1B2C3D4E5F6');
  });

  it('tells of junk, which is answered and costs nothing else', async () => {
    await begin();
    let send: (text: string) => void = () => {};
    const gateway = bench.gateway;
    bench.network.gateway = {
      ...gateway,
      accept(station, socket) {
        send = (text) => socket.send(text);
        return gateway.accept(station, socket);
      },
    };
    bench.network.cut();
    await bench.run(2_000);
    send('{"not":"a frame"}');
    await bench.run(100);
    expect(bench.facts.filter(({ type }) => type === 'ocpp.notice').at(-1)?.data).toMatchObject({
      notice: 'junk',
      text: '{"not":"a frame"}',
    });
    expect(bench.frames.at(-1)?.text).toContain('"GenericError"');
    send('[2,"1","RemoteStartTransaction",{"idTag" : "04A1B2C3D4E5F6"}');
    send('[2,"2","RemoteStartTransaction",{"idTag":"04A1B2\\"C3D4E5F6');
    send('[2,"3","ChangeConfiguration",{"key":"AuthorizationKey","value":"open sesame"}');
    await bench.run(100);
    expect(bench.facts.filter(({ type }) => type === 'ocpp.notice')).toHaveLength(4);
    expect(JSON.stringify(bench.facts)).not.toMatch(/04A1B2|C3D4E5F6|sesame/);
    expect(await answerTo('ClearCache', {})).toEqual({ status: 'Accepted' });
    await bench.run(1_000);
    for (let frame = 0; frame < 300; frame++) send('{"not":"a frame"}');
    await bench.run(2_000);
    send('once more');
    await bench.run(100);
    expect(bench.facts.filter(({ type }) => type === 'ocpp.notice')).toHaveLength(4 + 20 + 1);
    expect(bench.facts.find(({ type }) => type === 'ocpp.suppressed')?.data).toEqual({
      notices: 280,
    });
  });
});
