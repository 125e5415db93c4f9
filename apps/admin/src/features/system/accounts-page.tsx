import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { Account } from '@kerbside/contracts';
import { Panel, StateBadge } from '@kerbside/ui';
import { IconTrash, IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useMe } from '../../access/use-access.tsx';
import { useApi, useCommand } from '../../api/query.ts';
import { ConfirmDialog } from '../../app/confirm-dialog.tsx';
import { ErrorBox } from '../../app/error-box.tsx';
import { LoadingRows } from '../../app/page.tsx';
import { useText } from '../../i18n/use-text.ts';
import { AccountDialog } from './account-dialog.tsx';

function Row({ account, remove }: { account: Account; remove: () => void }) {
  const { t, f } = useText();
  const me = useMe();
  const mine = account.name === me.name;
  return (
    <li>
      <div>
        <strong>
          {account.name}
          {mine ? <span className="kb-quiet"> ({t('system.yourself')})</span> : null}
        </strong>
        <span className="kb-quiet">
          {t('system.lastLogin')}:{' '}
          {account.lastLogin ? f.dateTime(account.lastLogin) : t('system.never')}
        </span>
      </div>
      <span className="kb-row-end">
        <StateBadge tone="idle" size="sm" icon={<span />}>
          {t(`role.${account.role}`)}
        </StateBadge>
        <Button
          variant="subtle"
          color="danger"
          px="sm"
          disabled={mine}
          onClick={remove}
          aria-label={t('system.remove', { name: account.name })}
        >
          <IconTrash size={18} aria-hidden />
        </Button>
      </span>
    </li>
  );
}

export function AccountsPage() {
  const { t } = useText();
  const accounts = useApi('listAccounts', {});
  const remove = useCommand('deleteAccount', ['listAccounts']);
  const [adding, dialog] = useDisclosure(false);
  const [removing, setRemoving] = useState<string>();
  if (accounts.error && !accounts.data)
    return <ErrorBox error={accounts.error} retry={() => void accounts.refetch()} />;
  if (!accounts.data) return <LoadingRows rows={3} height={56} />;
  return (
    <>
      {remove.error ? <ErrorBox error={remove.error} /> : null}
      <Panel
        title={t('system.accounts')}
        flush
        aside={
          <Button
            variant="light"
            leftSection={<IconUserPlus size={18} aria-hidden />}
            onClick={dialog.open}
          >
            {t('system.add')}
          </Button>
        }
      >
        <ul className="kb-rows">
          {accounts.data.map((account) => (
            <Row key={account.name} account={account} remove={() => setRemoving(account.name)} />
          ))}
        </ul>
      </Panel>
      <AccountDialog opened={adding} close={dialog.close} />
      <ConfirmDialog
        opened={removing !== undefined}
        danger
        title={t('system.removeConfirm', { name: removing })}
        text={t('system.removeText')}
        action={t('system.removeAction')}
        pending={remove.isPending}
        close={() => setRemoving(undefined)}
        confirm={() =>
          remove.mutate(
            { params: { name: removing ?? '' } },
            { onSettled: () => setRemoving(undefined) },
          )
        }
      />
    </>
  );
}
