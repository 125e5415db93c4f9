import { Button, Group, Modal, NumberInput, Stack, Text } from '@mantine/core';
import type { Evse } from '@kerbside/contracts';
import { useState } from 'react';
import { useText } from '../../i18n/use-text.ts';

function LimitForm({
  evse,
  close,
  apply,
  pending,
}: {
  evse: Evse;
  close: () => void;
  apply: (limit: number | null) => void;
  pending: boolean;
}) {
  const { t } = useText();
  const set = evse.limits.find(({ name }) => name === 'technician');
  const [limit, setLimit] = useState<number | ''>(set?.limit ?? '');
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    apply(limit === '' ? null : limit);
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text>{t('action.limitText')}</Text>
        <NumberInput
          label={t('action.limitField')}
          description={t('action.limitRange', { max: evse.maxCurrent })}
          value={limit}
          onChange={(value) => setLimit(typeof value === 'number' ? value : '')}
          min={0}
          max={evse.maxCurrent}
          decimalScale={1}
          allowedDecimalSeparators={[',', '.']}
          suffix=" A"
          inputMode="decimal"
          hideControls
          data-autofocus
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" loading={pending}>
            {limit === '' ? t('action.limitLift') : t('action.limitApply')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The technician's own slot among the limits. */
export function LimitDialog({
  opened,
  ...form
}: {
  evse: Evse;
  opened: boolean;
  close: () => void;
  apply: (limit: number | null) => void;
  pending: boolean;
}) {
  const { t } = useText();
  return (
    <Modal
      opened={opened}
      onClose={form.close}
      title={t('action.limit')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <LimitForm {...form} />
    </Modal>
  );
}
