import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../../i18n/use-text.ts';

function StartForm({
  close,
  start,
  pending,
}: {
  close: () => void;
  start: (idTag: string) => void;
  pending: boolean;
}) {
  const { t } = useText();
  const [idTag, setIdTag] = useState('');
  const [error, setError] = useState<string>();
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (idTag.trim() === '') setError(t('action.tokenRequired'));
    else start(idTag.trim());
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text>{t('action.startText')}</Text>
        <TextInput
          label={t('action.token')}
          description={t('action.tokenHint')}
          maxLength={20}
          value={idTag}
          error={error}
          autoCapitalize="characters"
          spellCheck={false}
          onChange={(event) => {
            setIdTag(event.currentTarget.value);
            setError(undefined);
          }}
          data-autofocus
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" loading={pending}>
            {t('action.start')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function StartDialog({
  opened,
  ...form
}: {
  opened: boolean;
  close: () => void;
  start: (idTag: string) => void;
  pending: boolean;
}) {
  const { t } = useText();
  return (
    <Modal
      opened={opened}
      onClose={form.close}
      title={t('action.start')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <StartForm {...form} />
    </Modal>
  );
}
