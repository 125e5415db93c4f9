import { charge, mask } from './charge.mjs';

const iso = (ms) => new Date(ms).toISOString();
const round = (value, digits = 1) => Number(value.toFixed(digits));

/** One EVSE of the mock unit: state, session, measurements, journal. */
export class MockEvse {
  constructor(unit, id, kind) {
    this.unit = unit;
    this.id = id;
    this.kind = kind;
    this.meter = 1_204_310 + id * 7000;
    this.power = 0;
    this.points = [];
    this.entries = [];
    this.contactor = 'open';
    this.lock = 'unlocked';
    this.pilot = 'A';
    this.output = 'X1';
    this.faults = [];
    this.injected = new Set();
    this.technicianLimit = undefined;
    this.since = unit.now;
    this.show('Available', 'no-vehicle', 'vehicle', 'plug-in');
  }

  get maxCurrent() {
    return this.kind === 'DC' ? 150 : 32;
  }

  get voltages() {
    return this.kind === 'DC' ? [408] : [230.4, 229.8, 231.1];
  }

  get limits() {
    return [
      { name: 'cable', limit: this.kind === 'DC' ? 150 : 32 },
      { name: 'fuse', limit: this.kind === 'DC' ? 200 : 63 },
      { name: 'ocpp', limit: this.kind === 'DC' ? 118 : 25 },
      ...(this.technicianLimit === undefined
        ? []
        : [{ name: 'technician', limit: this.technicianLimit }]),
    ];
  }

  get offered() {
    return Math.min(...this.limits.map(({ limit }) => limit));
  }

  get fault() {
    return this.faults[0];
  }

  show(state, reason, waitingFor, next) {
    if (this.state !== state) this.since = this.unit.now;
    Object.assign(this, { state, reason, waitingFor, next });
    this.changed();
  }

  changed() {
    this.unit.publish('evse', this.id, this.view());
    this.unit.publish('slac', this.id, this.unit.slacLive(this));
  }

  fact(source, type, data) {
    const entry = {
      id: ++this.unit.entryId,
      at: iso(this.unit.now),
      evse: this.id,
      ...(this.session ? { session: this.session.id } : {}),
      source,
      type,
      data,
    };
    this.entries.push(entry);
    this.unit.publish('timeline', this.id, { session: this.session?.id, entries: [entry] });
  }

  plug() {
    const now = this.unit.now;
    this.stopAsked = undefined;
    this.session = {
      id: `s-${++this.unit.sessionId}`,
      evse: this.id,
      began: iso(now),
      energy: 0,
      transactions: [],
    };
    this.entries = [];
    this.soc = this.vehicle.soc;
    this.unit.sessions.unshift(this.session);
    this.fact('pilot', 'pilot.changed', { state: 'B', previous: 'A', voltage: 9 });
    this.setPilot('B');
    this.fact('system', 'session.began', { trigger: 'plug-in' });
    this.show('Preparing', 'waiting-for-authorization', 'authorization', 'present-token');
    this.publishSession();
  }

  setPilot(state) {
    this.pilot = state;
    this.changed();
  }

  duty(percent, meaning) {
    this.output = `${percent} %`;
    this.fact('pilot', 'pilot.duty', { dutyPercent: percent, meaning });
  }

  lockPlug() {
    this.lock = 'locked';
    this.fact('energy', 'lock.changed', { state: 'locked' });
  }

  reading() {
    const current = this.voltages.map((volts) => round(this.power / this.voltages.length / volts));
    return {
      at: this.unit.now,
      energy: Math.round(this.meter),
      power: Math.round(this.power),
      voltage: this.voltages,
      current,
    };
  }

  beginTransaction() {
    this.transaction = {
      key: `t-${this.session.id}`,
      started: iso(this.unit.now),
      meterStart: Math.round(this.meter),
      delivered: false,
    };
    this.session.token = mask(this.idToken);
    this.session.transactions.push(this.transaction);
    this.fact('energy', 'transaction.started', {
      transaction: this.transaction.key,
      connector: this.id,
      idToken: this.session.token,
      meter: this.reading(),
    });
    this.publishSession();
  }

  transactionAccepted() {
    this.transaction.ocppTransactionId = 4100 + this.unit.sessionId;
    this.publishSession();
  }

  /** Draws power for some seconds: a ramp to the least limit, tapering when nearly full. */
  draw(seconds) {
    const want = this.vehicle.batteryWh < 100_000 ? 1 : 1;
    const taper = Math.max(0.12, Math.min(1, (100 - this.soc) / 18));
    const allowed = this.offered * this.voltages.reduce((sum, volts) => sum + volts, 0);
    const ripple = 1 - 0.012 * Math.abs(Math.sin(this.unit.now / 7000));
    const target = allowed * want * taper * ripple * (this.kind === 'DC' ? 0.97 : 0.94);
    this.power += (target - this.power) * 0.35;
    const energy = (this.power * seconds) / 3600;
    this.meter += energy;
    this.session.energy = Math.round(this.meter) - this.transaction.meterStart;
    this.soc = Math.min(100, this.soc + (energy / this.vehicle.batteryWh) * 100);
    this.changed();
  }

  sample(context) {
    this.fact('energy', 'meter.sampled', {
      transaction: this.transaction.key,
      connector: this.id,
      meter: this.reading(),
      ...(this.kind === 'DC' ? { soc: round(this.soc) } : {}),
      offered: this.offered,
      context,
    });
  }

  whyStop() {
    if (this.faults.length > 0)
      return this.injected.has('emergency-stop') ? 'EmergencyStop' : 'Fault';
    if (this.stopAsked) return this.stopAsked;
    const taken = this.meter - this.transaction.meterStart;
    return this.soc >= 99.9 || taken >= (this.vehicle.energyWh ?? Infinity)
      ? 'EVStopped'
      : undefined;
  }

  endTransaction(reason) {
    this.transaction.stopped = iso(this.unit.now);
    this.transaction.meterStop = Math.round(this.meter);
    this.transaction.reason = reason;
    this.session.energy = this.transaction.meterStop - this.transaction.meterStart;
    this.fact('energy', 'transaction.stopped', {
      transaction: this.transaction.key,
      connector: this.id,
      meterStart: this.transaction.meterStart,
      meter: this.reading(),
      reason,
    });
    this.endReason = reason;
    this.publishSession();
  }

  transactionDelivered() {
    this.transaction.delivered = true;
    this.transaction = undefined;
    this.publishSession();
  }

  publishSession() {
    this.unit.publish('sessions', undefined, { items: [structuredClone(this.session)] });
  }

  plugIn(vehicle) {
    this.vehicle = vehicle;
    this.token = undefined;
    this.unit.run(this, charge(this));
    this.unit.publishBench();
  }

  unplug() {
    if (!this.session) return;
    this.unit.cancel(this);
    if (this.transaction) {
      this.power = 0;
      this.fact('energy', 'contactor.changed', { state: 'open', reason: 'EVDisconnected' });
      this.endTransaction('EVDisconnected');
      this.transactionDelivered();
    }
    this.contactor = 'open';
    this.fact('pilot', 'pilot.changed', { state: 'A', previous: this.pilot, voltage: 12 });
    this.fact('energy', 'lock.changed', { state: 'unlocked' });
    this.fact('system', 'session.ended', { reason: this.endReason ?? 'EVDisconnected' });
    this.session.ended = iso(this.unit.now);
    this.session.endReason = this.endReason ?? 'EVDisconnected';
    this.unit.journal.set(this.session.id, this.entries);
    this.publishSession();
    Object.assign(this, { lock: 'unlocked', pilot: 'A', output: 'X1', power: 0 });
    this.session = this.vehicle = this.endReason = undefined;
    this.show('Available', 'no-vehicle', 'vehicle', 'plug-in');
    this.unit.publishBench();
  }

  inject(fault, active) {
    if (active) this.injected.add(fault);
    else this.injected.delete(fault);
    const texts = { 'emergency-stop': 'Emergency stop pressed', 'lock-failed': 'Lock failed' };
    this.faults = [...this.injected].map((code) => ({ code, text: texts[code] ?? code }));
    this.fact('fault', active ? 'fault.raised' : 'fault.cleared', {
      code: fault,
      text: texts[fault] ?? fault,
    });
    if (!this.transaction) {
      if (this.faults.length > 0) this.show('Faulted', 'fault', 'repair', 'check-fault');
      else if (this.session) this.show('Finishing', 'waiting-for-unplug', 'unplug', 'unplug');
      else this.show('Available', 'no-vehicle', 'vehicle', 'plug-in');
    } else this.changed();
    this.unit.publishBench();
  }

  point() {
    const { at, ...reading } = this.reading();
    return {
      at: iso(at),
      ...reading,
      ...(this.session && this.kind === 'DC' ? { soc: round(this.soc) } : {}),
      ...(this.session ? { offered: this.offered } : {}),
    };
  }

  /** One second: a measurement. */
  measure() {
    const point = this.point();
    this.points.push(point);
    if (this.points.length > 900) this.points.shift();
    this.unit.publish('measurements', this.id, { points: [point] });
  }

  view() {
    const { session, transaction } = this;
    return {
      id: this.id,
      connector: this.id,
      kind: this.kind,
      ventilation: false,
      state: this.state,
      since: iso(this.since),
      reason: this.reason,
      ...(this.waitingFor ? { waitingFor: this.waitingFor } : {}),
      ...(this.next ? { next: this.next } : {}),
      pilot: { state: this.pilot, output: this.output },
      contactor: this.contactor,
      lock: this.lock,
      boardLink: !this.injected.has('board-link-lost'),
      ...(session
        ? {
            session: {
              id: session.id,
              began: session.began,
              ...(session.kind ? { kind: session.kind } : {}),
              ...(this.kind === 'DC' ? { soc: round(this.soc) } : {}),
              ...(session.evccId ? { evccId: session.evccId } : {}),
              ...(session.evMac ? { evMac: session.evMac } : {}),
            },
          }
        : {}),
      ...(transaction
        ? {
            transaction: {
              key: transaction.key,
              started: transaction.started,
              meterStart: transaction.meterStart,
              energy: session.energy,
              token: session.token,
            },
          }
        : {}),
      measurement: this.point(),
      ...(this.kind === 'DC' && this.power > 0
        ? { output: { voltage: 408, current: round(this.offered * 0.97) } }
        : {}),
      limits: this.limits,
      maxCurrent: this.maxCurrent,
      faults: this.faults,
    };
  }

  benchView() {
    return {
      id: this.id,
      rig: true,
      vehicle: true,
      plugged: this.session !== undefined,
      ...(this.vehicle
        ? {
            vehicleKind: this.vehicle.kind,
            soc: round(this.soc ?? this.vehicle.soc),
            batteryWh: this.vehicle.batteryWh,
            energyWh: this.session?.energy ?? 0,
          }
        : {}),
      faults: [...this.injected],
    };
  }
}
