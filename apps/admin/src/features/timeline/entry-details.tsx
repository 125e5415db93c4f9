import { Button, Drawer, Group, Stack, Tabs } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Facts, JsonTree } from '@kerbside/ui';
import { useText } from '../../i18n/use-text.ts';
import { CopyButton } from '../../app/copy-button.tsx';
import { describeRow } from './describe.ts';
import { bytesOf, hexDump } from './entry-data.ts';
import type { Row } from './rows.ts';

function RawTabs({ row }: { row: Row }) {
  const { t } = useText();
  const { data } = row.last;
  const json = JSON.stringify(row.last, undefined, 2);
  const bytes = bytesOf(data);
  if (Object.keys(data).length === 0) return <p className="kb-quiet">{t('timeline.noData')}</p>;
  return (
    <Tabs defaultValue="tree" keepMounted={false}>
      <Tabs.List>
        <Tabs.Tab value="tree">{t('timeline.tree')}</Tabs.Tab>
        <Tabs.Tab value="json">JSON</Tabs.Tab>
        {bytes.length > 0 ? <Tabs.Tab value="hex">{t('timeline.hex')}</Tabs.Tab> : null}
      </Tabs.List>
      <Tabs.Panel value="tree" pt="sm">
        <JsonTree value={data} label={t('timeline.tree')} />
      </Tabs.Panel>
      <Tabs.Panel value="json" pt="sm">
        <Group justify="flex-end" mb="xs">
          <CopyButton text={json} />
        </Group>
        <pre className="kb-raw">{json}</pre>
      </Tabs.Panel>
      <Tabs.Panel value="hex" pt="sm">
        {bytes.map(([name, hex]) => (
          <div key={name}>
            <Group justify="space-between" mb="xs">
              <span className="kb-mono">{name}</span>
              <CopyButton text={hex} />
            </Group>
            <pre className="kb-raw">{hexDump(hex)}</pre>
          </div>
        ))}
      </Tabs.Panel>
    </Tabs>
  );
}

/** What is behind a line: its facts, its data as a tree, and raw. */
export function EntryDetails({
  row,
  previous,
  close,
}: {
  row: Row | undefined;
  previous: Row | undefined;
  close: () => void;
}) {
  const { t, f } = useText();
  const phone = useMediaQuery('(max-width: 640px)', true, { getInitialValueInEffect: false });
  if (!row) return null;
  const { title, result, took } = describeRow(row, t, f);
  const delta = previous ? Date.parse(row.first.at) - Date.parse(previous.first.at) : undefined;
  return (
    <Drawer
      opened
      onClose={close}
      position={phone ? 'bottom' : 'right'}
      size={phone ? '88%' : 480}
      title={<span className="kb-drawer-title">{title}</span>}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <Stack gap="md">
        <Facts
          rows={[
            { label: t('timeline.at'), value: f.time(row.first.at) },
            { label: 'UTC', value: row.first.at, mono: true },
            ...(row.first.sinceBoot === undefined
              ? []
              : [
                  {
                    label: t('health.part.clock'),
                    value: t('timeline.untrustedTime', {
                      time: f.milliseconds(row.first.sinceBoot),
                    }),
                  },
                ]),
            ...(delta === undefined
              ? []
              : [{ label: t('timeline.delta'), value: `+${f.milliseconds(delta)}` }]),
            { label: t('timeline.source'), value: t(`timeline.sources.${row.source}`) },
            { label: t('timeline.type'), value: row.last.type, mono: true },
            ...(result ? [{ label: t('timeline.raw'), value: result, mono: true }] : []),
            ...(took ? [{ label: t('evse.duration'), value: took }] : []),
          ]}
        />
        {row.count > 1 ? (
          <p className="kb-quiet">
            {t('timeline.repeats', { count: row.count, time: f.time(row.last.at) })}{' '}
            {t('timeline.shownLast', { count: row.entries.length })}
          </p>
        ) : null}
        <RawTabs row={row} />
        <Button variant="default" onClick={close}>
          {t('app.close')}
        </Button>
      </Stack>
    </Drawer>
  );
}
