import type { VasPlanView } from '@kerbside/contracts';
import { useText } from '../../i18n/use-text.ts';

/** Every step of a plan with its inverse, folded. */
export function PlanView({
  plan,
  title,
  open,
}: {
  plan: VasPlanView;
  title: string;
  open?: boolean;
}) {
  const { t } = useText();
  return (
    <details className="kb-spaced" open={open}>
      <summary>{`${title} (${t('vas.steps', { count: plan.steps.length })})`}</summary>
      {plan.notes.map(({ code, text }) => (
        <p key={code}>{text}</p>
      ))}
      <ol className="kb-plan">
        {plan.steps.map(({ what, inverse, shared, lines }, index) => (
          <li key={index}>
            <code>{what}</code>
            <div className="kb-quiet">
              {t('vas.inverse', { inverse })}
              {shared ? ` · ${t('vas.shared')}` : ''}
            </div>
            {lines.length > 0 ? <pre className="kb-lines">{lines.join('\n')}</pre> : null}
          </li>
        ))}
      </ol>
    </details>
  );
}
