import { Autocomplete, Button, Group } from '@mantine/core';
import { IconId } from '@tabler/icons-react';
import { useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { useBenchCommand } from './use-bench-command.ts';

/** Tokens that the bench's CSMS is seeded with; any other text may be entered too. */
const KNOWN = ['KERB-OWNER', 'KERB-GUEST', 'KERB-BLOCKED'];

export function TokenForm({ id }: { id: number }) {
  const { t } = useText();
  const { send, pending } = useBenchCommand('benchToken');
  const [idTag, setIdTag] = useState(KNOWN[0] ?? '');
  const present = (event: React.FormEvent) => {
    event.preventDefault();
    if (idTag.trim() !== '') send({ params: { id }, body: { idTag: idTag.trim() } });
  };
  return (
    <form onSubmit={present}>
      <Group align="flex-end" gap="sm" wrap="nowrap">
        <Autocomplete
          className="kb-grow"
          label={t('bench.token')}
          data={[{ group: t('bench.suggestions'), items: KNOWN }]}
          filter={({ options }) => options}
          value={idTag}
          onChange={setIdTag}
          maxLength={20}
          spellCheck={false}
        />
        <Button
          type="submit"
          variant="light"
          px="md"
          loading={pending}
          leftSection={<IconId size={18} aria-hidden />}
        >
          {t('bench.present')}
        </Button>
      </Group>
    </form>
  );
}
