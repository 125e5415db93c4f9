import { MockEvse } from './evse.mjs';
import { liveOf, matchedAttempt, silentAttempt, unchosenAttempt } from './slac.mjs';
import { MockInstallation } from './installation.mjs';
import { vasStatus } from './vas.mjs';

const iso = (ms) => new Date(ms).toISOString();
export const CLAIM_CODE = '7KQM-2XWP-9HRT-4CVD';

/** A charger that exists in memory alone, in virtual time: the same calls give the same journal. */
export class MockUnit {
  constructor({ now = Date.now() } = {}) {
    this.now = now;
    this.started = now;
    this.listeners = new Set();
    this.scripts = new Map();
    this.entryId = this.sessionId = this.messages = this.auditId = 0;
    this.sessions = [];
    /** Newest first. */
    this.slacAttempts = [];
    this.journal = new Map();
    this.accounts = new Map();
    this.logins = new Map();
    this.tokens = [];
    this.audit = [];
    this.problems = {};
    this.installation = new MockInstallation();
    this.nextMeasure = now + 1000;
    this.ocpp = {
      version: '1.6',
      url: 'ws://csms.bench:8180/ocpp/KERB-0001',
      identity: 'KERB-0001',
      phase: 'accepted',
      since: iso(now),
      heartbeatInterval: 300,
      queue: { length: 0 },
      givenUp: { count: 0, newest: [] },
      attempts: [
        { at: iso(now - 9000), outcome: 'refused', detail: 'connect ECONNREFUSED 10.42.0.2:8180' },
        { at: iso(now - 6000), outcome: 'refused', detail: 'connect ECONNREFUSED 10.42.0.2:8180' },
        { at: iso(now - 400), outcome: 'accepted' },
      ],
    };
    this.evses = [new MockEvse(this, 1, 'DC'), new MockEvse(this, 2, 'AC')];
  }

  get health() {
    const part = (name) => ({
      name,
      status: 'ok',
      since: iso(this.started),
      ...this.problems[name],
    });
    const parts = ['store', 'ocpp', 'network', 'board', 'clock', 'slac', 'iso15118', 'vas'].map(
      part,
    );
    const worst = parts.some(({ status }) => status === 'failed')
      ? 'failed'
      : parts.some(({ status }) => status === 'degraded')
        ? 'degraded'
        : 'ok';
    return {
      status: worst,
      version: '0.1.0',
      started: iso(this.started),
      bench: true,
      networkMode: 'namespaces',
      parts,
    };
  }

  evse(id) {
    return this.evses.find((evse) => evse.id === Number(id));
  }

  publish(key, id, data) {
    for (const listener of this.listeners) listener(key, id, data);
  }

  publishBench() {
    this.publish('bench', undefined, this.bench());
  }

  publishHealth() {
    this.publish('health', undefined, this.health);
  }

  bench() {
    return { evses: this.evses.map((evse) => evse.benchView()) };
  }

  /** The value of a topic for a new subscriber. */
  snapshot(key, id) {
    const evse = id === undefined ? undefined : this.evse(id);
    if (id !== undefined && !evse) return undefined;
    switch (key) {
      case 'health':
        return this.health;
      case 'evse':
        return evse.view();
      case 'measurements':
        return { points: evse.points };
      case 'timeline': {
        const session = evse.session?.id ?? evse.entries.at(-1)?.session;
        return { ...(session ? { session } : {}), entries: evse.entries };
      }
      case 'slac':
        return liveOf(this, evse);
      case 'slacAttempt': {
        const attempt = this.slacAttempts.find((one) => one.evse === id && one.live);
        return attempt ? { attempt } : {};
      }
      case 'ocpp':
        return this.ocpp;
      case 'vas':
        return vasStatus(this);
      case 'sessions':
        return { items: [] };
      default:
        return this.bench();
    }
  }

  run(owner, script) {
    this.scripts.set(owner, { script, due: this.now, until: undefined });
    this.#step(owner);
  }

  cancel(owner) {
    this.scripts.delete(owner);
  }

  #step(owner) {
    const task = this.scripts.get(owner);
    if (!task) return;
    if (task.until && !task.until()) return;
    task.until = undefined;
    const { done, value } = task.script.next();
    if (this.scripts.get(owner) !== task) return;
    if (done) this.scripts.delete(owner);
    else if (typeof value === 'function') task.until = value;
    else task.due = this.now + value;
    if (!done && task.until?.()) this.#step(owner);
  }

  /** Runs everything that is due within the next milliseconds, in order of time. */
  advance(ms) {
    const end = this.now + ms;
    for (;;) {
      for (const owner of Array.from(this.scripts.keys()))
        if (this.scripts.get(owner)?.until?.()) {
          this.scripts.get(owner).due = this.now;
          this.#step(owner);
        }
      const waiting = [...this.scripts].filter(([, task]) => !task.until);
      const [owner, task] = waiting.toSorted((a, b) => a[1].due - b[1].due)[0] ?? [];
      const due = Math.min(task?.due ?? Infinity, this.nextMeasure);
      if (due > end) break;
      this.now = Math.max(this.now, due);
      if (due === this.nextMeasure) {
        this.nextMeasure += 1000;
        for (const evse of this.evses) evse.measure();
        this.publishBench();
      } else this.#step(owner);
    }
    this.now = end;
  }

  addAccount(name, role, password) {
    this.accounts.set(name, { name, role, password, created: iso(this.now) });
  }

  record(actor, action, object, detail = {}) {
    this.audit.unshift({ id: ++this.auditId, at: iso(this.now), actor, action, object, detail });
  }

  /** SLAC of an EVSE came to its end: told, and kept. */
  addSlacAttempt(attempt) {
    for (const one of this.slacAttempts) if (one.evse === attempt.evse) one.live = false;
    this.slacAttempts.unshift({ ...attempt, live: true });
    const evse = this.evse(attempt.evse);
    this.publish('slacAttempt', attempt.evse, { attempt });
    this.publish('slac', attempt.evse, liveOf(this, evse));
  }

  slacLive(evse) {
    return liveOf(this, evse);
  }

  /** Past attempts of SLAC: good, after retries, poor, silent. */
  seedSlac() {
    const minute = 60_000;
    const good = matchedAttempt(1, 'b1', this.now - 300 * minute, { db: 25 });
    this.slacAttempts = [
      unchosenAttempt(1, 'b3', this.now - 42 * minute, good),
      matchedAttempt(1, 'b2', this.now - 190 * minute, { db: 31, lost: [7, 3], requests: 2 }),
      good,
      silentAttempt(1, 'b0', this.now - 700 * minute),
    ];
  }

  /** Past sessions, so that the history is not empty. */
  seedHistory() {
    this.seedSlac();
    const hour = 3_600_000;
    const rows = [
      [26, 2, 'basic', 11_420, 94, 'EVDisconnected'],
      [20, 1, 'iso2-dc', 38_650, 47, 'EVStopped'],
      [8, 2, 'iso2-ac', 7316, 63, 'Local'],
      [3, 1, 'iso2-dc', 21_408, 29, 'Remote'],
    ];
    for (const [ago, evse, kind, energy, minutes, reason] of rows) {
      const began = this.now - ago * hour;
      const id = `s-${++this.sessionId}`;
      const started = iso(began + 14_000);
      const ended = iso(began + minutes * 60_000);
      const meterStart = 1_100_000 + this.sessionId * 40_000;
      this.sessions.unshift({
        id,
        evse,
        kind,
        began: iso(began),
        ended,
        endReason: reason,
        token: 'KERB…ER',
        energy,
        transactions: [
          {
            key: `t-${id}`,
            started,
            stopped: ended,
            meterStart,
            meterStop: meterStart + energy,
            reason,
            ocppTransactionId: 4100 + this.sessionId,
            delivered: true,
          },
        ],
      });
      this.journal.set(id, [
        {
          id: ++this.entryId,
          at: iso(began),
          evse,
          session: id,
          source: 'pilot',
          type: 'pilot.changed',
          data: { state: 'B', previous: 'A' },
        },
        ...this.#pastSamples(id, evse, began, minutes, energy, meterStart),
        {
          id: ++this.entryId,
          at: ended,
          evse,
          session: id,
          source: 'system',
          type: 'session.ended',
          data: { reason },
        },
      ]);
    }
  }

  #pastSamples(session, evse, began, minutes, energy, meterStart) {
    const mean = (energy / minutes) * 60;
    return Array.from({ length: minutes - 1 }, (_, minute) => {
      const shape = Math.min(1, minute / 2) * (minute > minutes * 0.8 ? 0.7 : 1.06);
      const dc = evse === 1;
      return {
        id: ++this.entryId,
        at: iso(began + (minute + 1) * 60_000),
        evse,
        session,
        source: 'energy',
        type: 'meter.sampled',
        data: {
          transaction: `t-${session}`,
          connector: evse,
          meter: {
            at: began + (minute + 1) * 60_000,
            energy: Math.round(meterStart + (energy * minute) / minutes),
            power: Math.round(mean * shape),
            voltage: dc ? [402] : [230, 230, 231],
            current: dc ? [Math.round((mean * shape) / 402)] : [15.8, 15.9, 15.8],
          },
          offered: dc ? 118 : 25,
          ...(dc ? { soc: Math.round(22 + (minute / minutes) * 55) } : {}),
          context: 'Sample.Periodic',
        },
      };
    });
  }
}
