import { Button, Group, Modal, Text } from '@mantine/core';
import { useText } from '../i18n/use-text.ts';

/** Asks before something that interrupts or cannot be taken back. */
export function ConfirmDialog({
  opened,
  title,
  text,
  action,
  danger = false,
  pending = false,
  close,
  confirm,
}: {
  opened: boolean;
  title: string;
  text: string;
  action: string;
  danger?: boolean;
  pending?: boolean;
  close: () => void;
  confirm: () => void;
}) {
  const { t } = useText();
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={title}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <Text>{text}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={close}>
          {t('app.cancel')}
        </Button>
        <Button
          color={danger ? 'danger' : 'kerb'}
          loading={pending}
          onClick={confirm}
          data-autofocus
        >
          {action}
        </Button>
      </Group>
    </Modal>
  );
}
