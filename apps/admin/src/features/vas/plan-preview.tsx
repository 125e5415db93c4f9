import { Notice } from '@kerbside/ui';
import { useEffect } from 'react';
import { useCommand } from '../../api/query.ts';
import { ErrorBox } from '../../app/error-box.tsx';
import { LoadingRows } from '../../app/page.tsx';
import { useText } from '../../i18n/use-text.ts';
import { PlanView } from './plan-view.tsx';

/** What would be changed for a vehicle at EVSE 1; nothing is. */
export function PlanPreview() {
  const { t } = useText();
  const { mutate, data, error } = useCommand('planVas');
  useEffect(() => mutate({ body: { evse: 1 } }), [mutate]);
  if (error) return <ErrorBox error={error} />;
  if (!data) return <LoadingRows rows={1} height={80} />;
  if ('problem' in data)
    return (
      <Notice tone="warn" live title={t('vas.noPlan')}>
        {data.problem.text}
      </Notice>
    );
  return <PlanView plan={data.plan} title={t('vas.previewTitle')} open />;
}
