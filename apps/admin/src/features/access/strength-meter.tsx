import type { Tone } from '@kerbside/ui';
import { useText } from '../../i18n/use-text.ts';
import { STRENGTH_STEPS, type Strength, strengthOf } from './password-strength.ts';

const tones: Readonly<Record<Strength, Tone>> = {
  empty: 'idle',
  short: 'bad',
  weak: 'bad',
  fair: 'warn',
  good: 'ok',
};

export function StrengthMeter({ password, name }: { password: string; name: string }) {
  const { t } = useText();
  const strength = strengthOf(password, name);
  return (
    <div className="kb-strength" data-tone={tones[strength]} aria-live="polite">
      <div className="kb-strength-track" aria-hidden>
        <div className="kb-strength-bar" style={{ width: `${STRENGTH_STEPS[strength]}%` }} />
      </div>
      <span>
        {t('claim.strength.label')}: {t(`claim.strength.${strength}`, { count: password.length })}
      </span>
    </div>
  );
}
