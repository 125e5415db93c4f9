import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ApiToken } from '@kerbside/contracts';
import { EmptyState, Panel } from '@kerbside/ui';
import { IconKey, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useApi, useCommand } from '../../api/query.ts';
import { ConfirmDialog } from '../../app/confirm-dialog.tsx';
import { ErrorBox } from '../../app/error-box.tsx';
import { LoadingRows } from '../../app/page.tsx';
import { useText } from '../../i18n/use-text.ts';
import { TokenDialog } from './token-dialog.tsx';

function Row({ token, revoke }: { token: ApiToken; revoke: () => void }) {
  const { t, f } = useText();
  const date = (at: string | undefined, otherwise: string) => (at ? f.dateTime(at) : otherwise);
  return (
    <li>
      <div>
        <strong>{token.name}</strong>
        <span className="kb-quiet">
          {token.scopes.map((scope) => t(`permission.names.${scope}`)).join(', ')}
        </span>
        <span className="kb-quiet">
          {t('system.lastUsed')}: {date(token.lastUsed, t('system.never'))} · {t('system.expires')}:{' '}
          {date(token.expires, t('system.never'))}
        </span>
      </div>
      <Button
        variant="subtle"
        color="danger"
        px="sm"
        onClick={revoke}
        aria-label={t('system.revokeName', { name: token.name })}
      >
        <IconTrash size={18} aria-hidden />
      </Button>
    </li>
  );
}

export function TokensPage() {
  const { t } = useText();
  const tokens = useApi('listTokens', {});
  const revoke = useCommand('deleteToken', ['listTokens']);
  const [adding, dialog] = useDisclosure(false);
  const [revoking, setRevoking] = useState<ApiToken>();
  if (tokens.error && !tokens.data)
    return <ErrorBox error={tokens.error} retry={() => void tokens.refetch()} />;
  if (!tokens.data) return <LoadingRows rows={3} height={56} />;
  return (
    <>
      {revoke.error ? <ErrorBox error={revoke.error} /> : null}
      <Panel
        title={t('system.tokens')}
        flush
        aside={
          <Button
            variant="light"
            leftSection={<IconKey size={18} aria-hidden />}
            onClick={dialog.open}
          >
            {t('system.tokenAdd')}
          </Button>
        }
      >
        {tokens.data.length === 0 ? (
          <EmptyState icon={<IconKey size={36} aria-hidden />} title={t('system.tokensEmpty')}>
            {t('system.tokensEmptyText')}
          </EmptyState>
        ) : (
          <ul className="kb-rows">
            {tokens.data.map((token) => (
              <Row key={token.id} token={token} revoke={() => setRevoking(token)} />
            ))}
          </ul>
        )}
      </Panel>
      <TokenDialog opened={adding} close={dialog.close} />
      <ConfirmDialog
        opened={revoking !== undefined}
        danger
        title={t('system.revokeConfirm', { name: revoking?.name })}
        text={t('system.revokeText')}
        action={t('system.revoke')}
        pending={revoke.isPending}
        close={() => setRevoking(undefined)}
        confirm={() =>
          revoke.mutate(
            { params: { id: revoking?.id ?? '' } },
            { onSettled: () => setRevoking(undefined) },
          )
        }
      />
    </>
  );
}
