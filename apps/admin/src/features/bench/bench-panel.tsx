import { Stack } from '@mantine/core';
import { Notice, Panel, StateBadge } from '@kerbside/ui';
import { IconFlask, IconLock } from '@tabler/icons-react';
import { useAccess } from '../../access/use-access.tsx';
import { LoadingRows } from '../../app/page.tsx';
import { useText } from '../../i18n/use-text.ts';
import { useTopic } from '../../stream/stream-context.tsx';
import { FaultSwitches } from './fault-switches.tsx';
import { PlugInForm } from './plug-in-form.tsx';
import { PluggedVehicle } from './plugged-vehicle.tsx';
import { TokenForm } from './token-form.tsx';

/** Plays the vehicle, its driver and broken hardware: bench only. */
export function BenchPanel({ id }: { id: number }) {
  const { t } = useText();
  const access = useAccess('bench.operate');
  const bench = useTopic('bench').value?.evses.find((evse) => evse.id === id);
  return (
    <Panel
      className="kb-live-bench"
      title={
        <span className="kb-bench-title">
          <IconFlask size={18} aria-hidden /> {t('bench.title')}
        </span>
      }
      aside={
        bench ? (
          <StateBadge size="sm" tone={bench.plugged ? 'info' : 'idle'}>
            {t(bench.plugged ? 'bench.plugged' : 'bench.unplugged')}
          </StateBadge>
        ) : undefined
      }
    >
      <Stack gap="md">
        <p className="kb-quiet">{t('bench.intro')}</p>
        {access.reason ? (
          <Notice tone="idle" icon={<IconLock size={18} aria-hidden />} title={access.reason} />
        ) : null}
        {!bench ? <LoadingRows rows={2} height={48} /> : null}
        {bench && !bench.rig ? <Notice tone="bad" title={t('bench.noRig')} /> : null}
        {bench?.rig && !bench.vehicle ? <Notice tone="warn" title={t('bench.noVehicle')} /> : null}
        {bench ? (
          <fieldset className="kb-fieldset" disabled={!access.allowed || !bench.rig}>
            <Stack gap="md">
              {bench.plugged ? (
                <PluggedVehicle evse={bench} />
              ) : (
                <PlugInForm id={id} disabled={!bench.vehicle} />
              )}
              <TokenForm id={id} />
              <FaultSwitches evse={bench} />
            </Stack>
          </fieldset>
        ) : null}
      </Stack>
    </Panel>
  );
}
