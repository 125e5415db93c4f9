import { SimpleGrid, Stack } from '@mantine/core';
import type { Evse } from '@kerbside/contracts';
import { Notice, Panel } from '@kerbside/ui';
import {
  IconAlarm,
  IconBan,
  IconBolt,
  IconGauge,
  IconLock,
  IconLockOpen,
  IconPlayerStop,
  IconRefresh,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useAccess } from '../../access/use-access.tsx';
import { ConfirmDialog } from '../../app/confirm-dialog.tsx';
import { GuardedButton } from '../../app/guarded-button.tsx';
import { useText } from '../../i18n/use-text.ts';
import { LimitDialog } from './limit-dialog.tsx';
import { StartDialog } from './start-dialog.tsx';
import { useEvseCommand } from './use-evse-command.ts';

type Asking = 'start' | 'stop' | 'unlock' | 'out-of-service' | 'limit';

/** What can be done with an EVSE; what interrupts is confirmed, what is not allowed says why. */
export function ActionPanel({ evse }: { evse: Evse }) {
  const { t } = useText();
  const access = useAccess('evse.operate');
  const { send, pending } = useEvseCommand(evse.id);
  const [asking, setAsking] = useState<Asking>();
  const close = () => setAsking(undefined);
  const charging = evse.transaction !== undefined;
  const inService = evse.state !== 'Unavailable';
  const icon = { size: 18, 'aria-hidden': true } as const;
  return (
    <Panel title={t('action.title')} className="kb-live-actions">
      <Stack gap="sm">
        {access.reason ? (
          <Notice tone="idle" icon={<IconLock size={18} aria-hidden />} title={access.reason} />
        ) : null}
        {charging ? (
          <GuardedButton
            fullWidth
            color="danger"
            blocked={access.reason}
            quiet
            loading={pending === 'stop'}
            leftSection={<IconPlayerStop {...icon} />}
            onClick={() => setAsking('stop')}
          >
            {t('action.stop')}
          </GuardedButton>
        ) : (
          <GuardedButton
            fullWidth
            blocked={
              access.reason ?? (evse.session ? undefined : t('action.unavailable.noVehicle'))
            }
            quiet={access.reason !== undefined}
            loading={pending === 'start'}
            leftSection={<IconBolt {...icon} />}
            onClick={() => setAsking('start')}
          >
            {t('action.start')}
          </GuardedButton>
        )}
        <SimpleGrid cols={{ base: 2, xs: 2 }} spacing="sm">
          <GuardedButton
            variant="default"
            fullWidth
            blocked={access.reason}
            quiet
            px="xs"
            leftSection={<IconGauge {...icon} />}
            onClick={() => setAsking('limit')}
          >
            {t('action.limit')}
          </GuardedButton>
          <GuardedButton
            variant="default"
            fullWidth
            blocked={access.reason}
            quiet
            px="xs"
            leftSection={<IconLockOpen {...icon} />}
            loading={pending === 'unlock'}
            onClick={() => setAsking('unlock')}
          >
            {t('action.unlock')}
          </GuardedButton>
          <GuardedButton
            variant="default"
            fullWidth
            blocked={access.reason}
            quiet
            px="xs"
            leftSection={<IconBan {...icon} />}
            loading={pending === 'availability'}
            onClick={() =>
              inService
                ? setAsking('out-of-service')
                : send({ command: 'availability', operative: true })
            }
          >
            {inService ? t('action.outOfService') : t('action.inService')}
          </GuardedButton>
          {evse.next === 'wake-the-car' ? (
            <GuardedButton
              variant="default"
              fullWidth
              blocked={access.reason}
              quiet
              px="xs"
              leftSection={<IconAlarm {...icon} />}
              loading={pending === 'wake-up'}
              onClick={() => send({ command: 'wake-up' })}
            >
              {t('action.wakeUp')}
            </GuardedButton>
          ) : null}
          {evse.faults.length > 0 || evse.state === 'Faulted' ? (
            <GuardedButton
              variant="default"
              fullWidth
              blocked={access.reason}
              quiet
              px="xs"
              leftSection={<IconRefresh {...icon} />}
              loading={pending === 'reset-fault'}
              onClick={() => send({ command: 'reset-fault' })}
            >
              {t('action.resetFault')}
            </GuardedButton>
          ) : null}
        </SimpleGrid>
      </Stack>
      <StartDialog
        opened={asking === 'start'}
        close={close}
        pending={pending === 'start'}
        start={(idTag) => send({ command: 'start', idTag }, close)}
      />
      <LimitDialog
        evse={evse}
        opened={asking === 'limit'}
        close={close}
        pending={pending === 'limit'}
        apply={(limit) => send({ command: 'limit', limit }, close)}
      />
      <ConfirmDialog
        opened={asking === 'stop'}
        close={close}
        danger
        pending={pending === 'stop'}
        title={t('action.stopConfirm', { id: evse.id })}
        text={t('action.stopText')}
        action={t('action.stop')}
        confirm={() => send({ command: 'stop' }, close)}
      />
      <ConfirmDialog
        opened={asking === 'unlock'}
        close={close}
        pending={pending === 'unlock'}
        danger={charging}
        title={t('action.unlockConfirm', { id: evse.id })}
        text={t('action.unlockText')}
        action={t('action.unlock')}
        confirm={() => send({ command: 'unlock' }, close)}
      />
      <ConfirmDialog
        opened={asking === 'out-of-service'}
        close={close}
        danger
        pending={pending === 'availability'}
        title={t('action.outOfServiceConfirm', { id: evse.id })}
        text={t('action.outOfServiceText')}
        action={t('action.outOfService')}
        confirm={() => send({ command: 'availability', operative: false }, close)}
      />
    </Panel>
  );
}
