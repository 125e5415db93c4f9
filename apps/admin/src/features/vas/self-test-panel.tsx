import { Group } from '@mantine/core';
import type { VasSelfTest } from '@kerbside/contracts';
import { Panel, StateBadge, type Tone } from '@kerbside/ui';
import { useAccess } from '../../access/use-access.tsx';
import { useCommand } from '../../api/query.ts';
import { ErrorBox } from '../../app/error-box.tsx';
import { GuardedButton } from '../../app/guarded-button.tsx';
import { useText } from '../../i18n/use-text.ts';

const tones: Readonly<Record<VasSelfTest['checks'][number]['result'], Tone>> = {
  passed: 'ok',
  failed: 'bad',
  skipped: 'warn',
};

/** A throw-away namespace plays the car; each check in words. */
export function SelfTestPanel() {
  const { t, f, term } = useText();
  const access = useAccess('config.write');
  const test = useCommand('testVas');
  const { data } = test;
  return (
    <Panel title={t('vas.selfTest')}>
      <p>{t('vas.selfTestText')}</p>
      <Group>
        <GuardedButton
          blocked={access.reason}
          loading={test.isPending}
          onClick={() => test.mutate({})}
        >
          {t('vas.selfTestRun')}
        </GuardedButton>
      </Group>
      {test.error ? <ErrorBox error={test.error} /> : null}
      <output aria-live="polite">
        {data ? (
          <p>
            <StateBadge tone={data.passed ? 'ok' : 'bad'} size="lg">
              {t(data.passed ? 'vas.passed' : 'vas.notPassed')}
            </StateBadge>{' '}
            <span className="kb-quiet">{f.duration(data.tookMs)}</span>
          </p>
        ) : null}
      </output>
      {data ? (
        <ul className="kb-checks">
          {data.checks.map(({ check, result, detail }) => (
            <li key={check}>
              <StateBadge tone={tones[result]}>{t(`vas.result.${result}`)}</StateBadge>
              <span>
                {term('vas.check', check)}
                <span className="kb-quiet"> · {detail}</span>
              </span>
            </li>
          ))}
        </ul>
      ) : null}
    </Panel>
  );
}
