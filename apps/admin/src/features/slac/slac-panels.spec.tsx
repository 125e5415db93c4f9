// @vitest-environment jsdom
import '../../testing/browser.ts';
import { MantineProvider } from '@mantine/core';
import { permissionsOf, type Role, type SlacAttempt, type SlacLive } from '@kerbside/contracts';
import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { matchedAttempt, silentAttempt, unchosenAttempt } from '../../../dev/mock/slac.mjs';
import { MeProvider } from '../../access/use-access.tsx';
import { setLanguage, startI18n } from '../../i18n/i18n.ts';
import { AttenuationPanel, attenuationGrade } from './attenuation-panel.tsx';
import { Rate } from './history-panel.tsx';
import { Ladder } from './ladder.tsx';
import { ModemPanel, RetriesPanel } from './side-panels.tsx';
import { StepsPanel } from './steps-panel.tsx';
import { VerdictPanel } from './verdict-panel.tsx';

beforeAll(() => startI18n('en'));
afterEach(cleanup);

const began = Date.UTC(2026, 5, 1, 12);
const matched = matchedAttempt(1, 'a1', began);
const retried = matchedAttempt(1, 'a2', began, { db: 31, lost: [7, 3], requests: 2 });
const unchosen = unchosenAttempt(1, 'a3', began, matched);

function show(children: ReactNode, role: Role = 'operator') {
  const me = {
    name: 'Ann',
    role,
    permissions: permissionsOf(role),
    expires: '2027-01-01T00:00:00Z',
  };
  return render(
    <MantineProvider>
      <MeProvider me={me}>{children}</MeProvider>
    </MantineProvider>,
  );
}
const summary = (attempt: SlacAttempt) => ({ ...attempt, retried: 0 });

describe('the verdict', () => {
  it('says what, what next, and offers the capture', () => {
    show(<VerdictPanel attempt={summary(unchosen)} />);
    expect(screen.getByText(/a mean attenuation of 47.7 dB is poor/)).toBeTruthy();
    expect(screen.getAllByRole('listitem')).toHaveLength(2);
    expect(screen.getByRole('link', { name: 'Download pcap' }).getAttribute('href')).toBe(
      '/api/v1/evses/1/slac/attempts/a3/pcap',
    );
  });

  it('offers a viewer no capture, and says which role it needs', () => {
    show(<VerdictPanel attempt={summary(unchosen)} />, 'viewer');
    expect(screen.queryByRole('link')).toBeNull();
    expect(screen.getByText(/Needs the role operator/)).toBeTruthy();
  });

  it('speaks German, numbers too', async () => {
    await setLanguage('de');
    show(<VerdictPanel attempt={summary(unchosen)} />);
    expect(screen.getByText(/Eine mittlere Dämpfung von 47,7 dB ist schlecht/)).toBeTruthy();
    expect(screen.getByText('Als Nächstes prüfen')).toBeTruthy();
    await setLanguage('en');
  });

  it('of a kind that this page does not know is told in the charger’s own words', () => {
    const verdict = { ...unchosen.verdict, code: 'newer' as 'stopped', what: 'Something new.' };
    show(<VerdictPanel attempt={{ ...summary(unchosen), verdict }} />);
    expect(screen.getByText('Something new.')).toBeTruthy();
    expect(screen.getByText('Check the coupling.')).toBeTruthy();
  });
});

describe('the times', () => {
  it('are told by word beside their limit, over it too, and where none came', () => {
    show(<StepsPanel steps={retried.steps} />);
    const choice = screen.getByText('Answer → the car chooses').closest('li') as HTMLElement;
    expect(choice.textContent).toContain('862 ms / 500 ms');
    expect(choice.textContent).toContain('over the limit');
    expect(choice.textContent).toContain('waited for up to 10.0 s (TT_EVSE_match_session)');
    cleanup();
    show(<StepsPanel steps={unchosen.steps} />);
    expect(screen.getByText('never came')).toBeTruthy();
    expect(screen.getAllByText('not reached')).toHaveLength(2);
  });
});

describe('the ladder', () => {
  it('folds the sounds, opens them, and shows a message with fields and bytes', async () => {
    const user = userEvent.setup();
    show(<Ladder attempt={matched} />);
    const list = screen.getByRole('list', { name: /Messages between/ });
    expect(within(list).queryByRole('button', { name: /^CM_MNBC_SOUND/ })).toBeNull();
    await user.click(within(list).getByRole('button', { name: /10 sounds and 10 profiles/ }));
    expect(within(list).getAllByRole('button', { name: /^CM_MNBC_SOUND/ })).toHaveLength(10);
    expect(within(list).getAllByRole('button', { name: /Modem to Charger/ })).toHaveLength(10);
    await user.click(within(list).getByRole('button', { name: /^CM_SLAC_MATCH.CNF/ }));
    const dialog = await screen.findByRole('dialog', { name: 'CM_SLAC_MATCH.CNF' });
    expect(within(dialog).getByText('***')).toBeTruthy();
    expect(within(dialog).getByText(/0000 02 00 00 00 15 01/)).toBeTruthy();
  });

  it('names messages of another car so, and says what was left out', () => {
    const foreign = matched.evMac as string;
    show(
      <Ladder attempt={{ ...matched, foreignEvs: [foreign], framesLeftOut: 7, suppressed: 90 }} />,
    );
    expect(
      screen.getByRole('button', { name: /^CM_SLAC_PARM.REQ, another car to Charger/ }),
    ).toBeTruthy();
    expect(screen.getByText('7 messages in between are left out.')).toBeTruthy();
    expect(screen.getByText(/90 more were too many/)).toBeTruthy();
  });

  it('says so when nothing was seen', () => {
    show(<Ladder attempt={silentAttempt(1, 'a4', began)} />);
    expect(screen.getByText('No message was seen.')).toBeTruthy();
  });
});

describe('the attenuation', () => {
  it('has each sound, the missing ones by number, and the last good one beside it', () => {
    show(<AttenuationPanel attempt={retried} />);
    expect(screen.getByText('8 of 10')).toBeTruthy();
    expect(screen.getByText('Heard, but not measured: sounds number 7, 3')).toBeTruthy();
    expect(screen.getAllByRole('row')).toHaveLength(11);
    cleanup();
    show(<AttenuationPanel attempt={unchosen} />);
    expect(screen.getByText('19.0 dB higher')).toBeTruthy();
    expect(screen.getByText('poor')).toBeTruthy();
    expect(screen.getByRole('figure', { name: /over 10 profiles/ })).toBeTruthy();
  });

  it.each([
    [19.9, 'verdictImplausible'],
    [20, 'verdictGood'],
    [35, 'verdictGood'],
    [35.1, 'verdictFair'],
    [40, 'verdictFair'],
    [40.1, 'verdictPoor'],
  ])('%d dB is %s', (meanDb, grade) => expect(attenuationGrade(meanDb)[0]).toBe(grade));

  it('says so when there is none', () => {
    show(<AttenuationPanel attempt={silentAttempt(1, 'a4', began)} />);
    expect(screen.getByText(/No attenuation was measured/)).toBeTruthy();
  });
});

describe('what stands beside', () => {
  const live: SlacLive = {
    evse: 1,
    state: 'unmatched',
    since: new Date(began).toISOString(),
    what: '',
    waitsFor: '',
    next: '',
    sessions: [],
    interface: { name: 'ev1', ok: true },
    modem: { at: 'keying', vendor: 'qualcomm', trouble: 'refuses-key' },
    tolerated: [],
  };

  it('the modem says what is wrong with it, and what became of the key', () => {
    show(<ModemPanel live={live} attempt={matched} />);
    expect(screen.getByText(/It refuses the key/)).toBeTruthy();
    expect(screen.getByText(/confirmed with result 1 · 1 request$/)).toBeTruthy();
    expect(screen.getByText('seen')).toBeTruthy();
  });

  it('the modem tells its firmware, the rates to each station, and what was let pass', async () => {
    const told: SlacLive = {
      ...live,
      state: 'matched',
      modem: {
        at: 'ready',
        vendor: 'qualcomm',
        version: 'QCA7000',
        firmware: 'MAC-QCA7000-1.2.3',
        stations: [{ mac: '00:01:87:00:e0:01', txMbps: 8, rxMbps: 9 }],
      },
      tolerated: [
        { code: 'evse-mac', what: '-', count: 3 },
        { code: 'newer', what: 'Something new', count: 1 },
      ],
    };
    show(<ModemPanel live={told} attempt={matched} />);
    expect(screen.getByText('MAC-QCA7000-1.2.3')).toBeTruthy();
    expect(screen.getByText('00:01:87:00:e0:01: 8 Mbit/s to it, 9 Mbit/s from it')).toBeTruthy();
    expect(screen.getByText('EVSE_MAC is not the charger: 3×')).toBeTruthy();
    expect(screen.getByText('Something new: 1×')).toBeTruthy();
    cleanup();
    await setLanguage('de');
    show(<ModemPanel live={told} attempt={matched} />);
    expect(screen.getByText('EVSE_MAC ist nicht die Ladestation: 3×')).toBeTruthy();
    await setLanguage('en');
    cleanup();
    show(<ModemPanel live={live} attempt={matched} />);
    expect(screen.queryByText('Stations of its network')).toBeNull();
    expect(screen.queryByText('Let pass since the start')).toBeNull();
  });

  it('the history tells the median time of those that matched', () => {
    const totals = { matched: 3, failed: 1, ended: 0 };
    show(<Rate totals={totals} medianMs={1500} />);
    expect(screen.getByText('Median time from the begin to the match: 1.50 s')).toBeTruthy();
    cleanup();
    show(<Rate totals={{ ...totals, matched: 0 }} />);
    expect(screen.queryByText(/Median/)).toBeNull();
  });

  it('other cars are listed with what became of them and their attenuation', () => {
    const [main] = matched.processes;
    if (!main) throw new Error('no process');
    const other = {
      ...main,
      evMac: '02:00:00:00:e0:09',
      result: 'failed',
      cause: 'displaced',
    } as const;
    show(<RetriesPanel attempt={{ ...matched, processes: [main, other], processesLeftOut: 3 }} />);
    expect(screen.getByText('02:00:00:00:e0:09').closest('li')?.textContent).toBe(
      '02:00:00:00:e0:09 · failed · displaced · 28.7 dB',
    );
    expect(screen.getByText('3 more are left out.')).toBeTruthy();
  });

  it('what was let pass is listed', () => {
    show(<RetriesPanel attempt={retried} />);
    expect(screen.getByText('EVSE_MAC is not the charger')).toBeTruthy();
  });
});
