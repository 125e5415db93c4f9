// What one vehicle does from plug-in to the end of the charge, as a script in virtual time.
// It yields milliseconds to wait, or a condition to wait for. Facts follow libs/charging/src/facts.ts.

import { matchedAttempt } from './slac.mjs';

/** SessionSetupReq and SessionSetupRes, whatever the exchange is called: the pages want bytes that can be read. */
const REQUEST = '80980239a8205325beb53351d0069c00';
const RESPONSE = '809802157799790e187b3a51e02031552cc4c8cd14c4c8ccd01752309b00c0';

/** One V2G exchange: request and response as two entries. */
function* v2g(evse, name, extra = {}, took = 14) {
  const sent = evse.unit.now;
  evse.fact('v2g', 'v2g.message', { name: `${name}Req`, direction: 'in', exi: REQUEST });
  yield took;
  evse.fact('v2g', 'v2g.message', {
    name: `${name}Res`,
    direction: 'out',
    responseCode: 'OK',
    tookMs: evse.unit.now - sent,
    exi: RESPONSE,
    ...extra,
  });
}

function* slac(evse) {
  evse.show('Matching', 'matching', 'slac', 'wait');
  evse.duty(5, 'digital');
  yield 400;
  evse.fact('slac', 'slac.frame', { name: 'CM_SLAC_PARM.REQ', runId: 'a1b2c3d4e5f60718' });
  yield 30;
  evse.fact('slac', 'slac.frame', { name: 'CM_SLAC_PARM.CNF', sounds: 10 });
  yield 120;
  evse.fact('slac', 'slac.frame', { name: 'CM_START_ATTEN_CHAR.IND', sounds: 10 });
  for (let sound = 9; sound >= 0; sound--) {
    yield 20;
    evse.fact('slac', 'slac.frame', { name: 'CM_MNBC_SOUND.IND', remaining: sound });
  }
  yield 90;
  evse.fact('slac', 'slac.attenuation', { meanDb: 11.3, soundsHeard: 10, profiles: 10 });
  evse.fact('slac', 'slac.frame', { name: 'CM_ATTEN_CHAR.IND', direction: 'out' });
  yield 40;
  evse.fact('slac', 'slac.frame', { name: 'CM_SLAC_MATCH.REQ' });
  yield 20;
  evse.fact('slac', 'slac.frame', { name: 'CM_SLAC_MATCH.CNF', nid: 'b0f2e695666b03' });
  yield 700;
  evse.fact('slac', 'slac.matched', {
    evMac: '02:00:00:00:15:01',
    runId: 'a1b2c3d4e5f60718',
    nid: 'b0f2e695666b03',
    linkSeen: true,
  });
  evse.session.evMac = '02:00:00:00:15:01';
  const id = `c${++evse.unit.messages}`;
  const good = matchedAttempt(evse.id, id, evse.unit.now - 3100);
  evse.unit.addSlacAttempt({ ...good, session: evse.session.id });
}

function* authorize(evse) {
  evse.show('Preparing', 'waiting-for-authorization', 'authorization', 'present-token');
  for (;;) {
    yield () => evse.token !== undefined;
    const token = evse.token;
    evse.token = undefined;
    evse.show('Authorizing', 'authorization-pending', 'csms', 'wait');
    evse.fact('authorization', 'authorization.requested', { idToken: mask(token), by: 'rfid' });
    const blocked = token === 'KERB-BLOCKED';
    yield* ocpp(evse, 'Authorize', blocked ? 'Blocked' : 'Accepted', 180);
    evse.fact('authorization', 'authorization.answered', {
      idToken: mask(token),
      status: blocked ? 'Blocked' : 'Accepted',
      from: 'csms',
      tookMs: 186,
    });
    if (!blocked) {
      evse.idToken = token;
      return;
    }
    evse.show('Preparing', 'token-refused-Blocked', 'token', 'present-token');
  }
}

function* ocpp(evse, action, status, took) {
  const id = `m-${++evse.unit.messages}`;
  evse.fact('ocpp', 'ocpp.message', { direction: 'sent', kind: 'call', id, action, payload: {} });
  yield took;
  evse.fact('ocpp', 'ocpp.message', {
    direction: 'received',
    kind: 'result',
    id,
    action,
    payload: status ? { idTagInfo: { status } } : {},
  });
}

export const mask = (token) => `${token.slice(0, 4)}…${token.slice(-2)}`;

function* energise(evse) {
  evse.fact('pilot', 'pilot.changed', { state: 'C', previous: 'B', voltage: 6 });
  evse.setPilot('C');
  yield 60;
  evse.fact('energy', 'contactor.changed', { state: 'closed', reason: 'all conditions hold' });
  evse.contactor = 'closed';
  evse.beginTransaction();
  yield* ocpp(evse, 'StartTransaction', 'Accepted', 210);
  evse.transactionAccepted();
  evse.show('Charging', 'charging', undefined, undefined);
}

/** Each second: draw, count, sample. Ends with the reason why. */
function* flow(evse, loop) {
  let seconds = 0;
  for (;;) {
    yield 1000;
    seconds += 1;
    evse.draw(1);
    if (loop) yield* v2g(evse, loop, evse.kind === 'DC' ? { evsePresentVoltage: 408 } : {}, 12);
    if (seconds % 10 === 0) {
      evse.sample('Sample.Periodic');
      yield* ocpp(evse, 'MeterValues', undefined, 40);
    }
    const reason = evse.whyStop();
    if (reason) return reason;
  }
}

function* end(evse, reason) {
  evse.show('Stopping', 'stopping', 'v2g', 'wait');
  yield 300;
  evse.power = 0;
  evse.fact('energy', 'contactor.changed', { state: 'open', reason });
  evse.contactor = 'open';
  evse.endTransaction(reason);
  yield* ocpp(evse, 'StopTransaction', 'Accepted', 190);
  evse.transactionDelivered();
  if (evse.fault) evse.show('Faulted', 'fault', 'repair', 'check-fault');
  else evse.show('Finishing', 'waiting-for-unplug', 'unplug', 'unplug');
}

function* basic(evse) {
  yield* authorize(evse);
  evse.lockPlug();
  evse.duty(53.3, 'current-offered');
  evse.show('Ready', 'waiting-for-vehicle', 'vehicle-request', 'check-vehicle');
  yield 1500;
  yield* energise(evse);
  return yield* flow(evse, undefined);
}

function* iso(evse, dc) {
  yield* slac(evse);
  evse.show('Communicating', 'matching', 'v2g', 'wait');
  evse.fact('v2g', 'sdp.request', { from: 'fe80::15:1', wanted: { security: 'none' } });
  yield* v2g(evse, 'supportedAppProtocol');
  evse.fact('system', 'session.kind', { kind: dc ? 'iso2-dc' : 'iso2-ac' });
  evse.session.kind = dc ? 'iso2-dc' : 'iso2-ac';
  yield* v2g(evse, 'SessionSetup', { evccId: '020000001501' });
  evse.session.evccId = '02:00:00:00:15:01';
  yield* v2g(evse, 'ServiceDiscovery', { services: 2 });
  if (evse.vehicle.internet) {
    yield* v2g(evse, 'ServiceDetail', { serviceId: 3 });
    evse.fact('vas', 'vas.selected', { services: [{ serviceId: 3, parameterSetId: 4 }] });
  }
  yield* v2g(evse, 'PaymentServiceSelection');
  yield* authorize(evse);
  evse.show('Communicating', 'authorization-pending', 'v2g', 'wait');
  yield* v2g(evse, 'Authorization');
  yield* v2g(evse, 'ChargeParameterDiscovery');
  evse.lockPlug();
  if (dc) {
    for (let i = 0; i < 4; i++) {
      yield* v2g(evse, 'CableCheck', { evseProcessing: i < 3 ? 'Ongoing' : 'Finished' });
      yield 400;
    }
    for (let i = 0; i < 3; i++) {
      yield* v2g(evse, 'PreCharge', { evsePresentVoltage: [180, 360, 402][i] });
      yield 300;
    }
  }
  evse.show('Ready', 'waiting-for-vehicle', 'vehicle-request', 'wait');
  yield* v2g(evse, 'PowerDelivery', {}, 38);
  yield* energise(evse);
  const reason = yield* flow(evse, dc ? 'CurrentDemand' : 'ChargingStatus');
  if (reason !== 'EmergencyStop') yield* v2g(evse, 'PowerDelivery', {}, 24);
  return reason;
}

/** From plug-in until the car only waits to be unplugged. */
export function* charge(evse) {
  evse.plug();
  yield 250;
  const { kind } = evse.vehicle;
  const reason = kind === 'basic' ? yield* basic(evse) : yield* iso(evse, kind === 'iso2-dc');
  yield* end(evse, reason);
  if (kind !== 'basic' && reason !== 'EmergencyStop') yield* v2g(evse, 'SessionStop');
}
