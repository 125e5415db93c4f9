import { Button, Modal, Stack, Text } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useText } from '../../i18n/use-text.ts';
import { useLink, useStream, useWallNow } from '../../stream/stream-context.tsx';

/** Covers the page when nothing was heard for 6 s: old values must not pass for live ones. */
export function LostOverlay() {
  const { t } = useText();
  const link = useLink();
  const stream = useStream();
  const now = useWallNow();
  if (link.phase !== 'lost') return null;
  const heard = link.lastHeard;
  const wait = link.nextTryAt === undefined ? undefined : Math.ceil((link.nextTryAt - now) / 1000);
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={
        <span className="kb-lost-title">
          <IconPlugConnectedX size={24} aria-hidden /> {t('link.lostTitle')}
        </span>
      }
      overlayProps={{ backgroundOpacity: 0.6 }}
      transitionProps={{ duration: 0 }}
    >
      <Stack gap="sm">
        <Text>
          {heard === undefined
            ? t('link.never')
            : t('link.lastHeard', { seconds: Math.max(0, Math.round((now - heard) / 1000)) })}
        </Text>
        <Text c="dimmed">{t(`link.cause.${link.cause}`)}</Text>
        <Text c="dimmed" size="sm">
          {wait !== undefined && wait > 0 ? t('link.nextTry', { seconds: wait }) : t('link.trying')}
        </Text>
        <Button onClick={() => stream.retryNow()} data-autofocus>
          {t('link.retry')}
        </Button>
      </Stack>
    </Modal>
  );
}
