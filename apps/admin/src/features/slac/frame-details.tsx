import { Button, Drawer, Group, Stack } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { SlacFrame } from '@kerbside/contracts';
import { Facts, JsonTree } from '@kerbside/ui';
import { useState } from 'react';
import { CopyButton } from '../../app/copy-button.tsx';
import { useText } from '../../i18n/use-text.ts';
import { useTimes } from './use-times.ts';
import { hexDump } from '../timeline/entry-data.ts';
import { LevelMark } from './level.tsx';

/** A message whole. Its drawer stays mounted: only so the focus goes back to where it was. */
export function FrameDetails({
  frame,
  close,
}: {
  frame: SlacFrame | undefined;
  close: () => void;
}) {
  const { t } = useText();
  const phone = useMediaQuery('(max-width: 640px)', true, { getInitialValueInEffect: false });
  // what it showed stays while it closes
  const [last, setLast] = useState(frame);
  if (frame !== undefined && frame !== last) setLast(frame);
  return (
    <Drawer
      opened={frame !== undefined}
      onClose={close}
      position={phone ? 'bottom' : 'right'}
      size={phone ? '88%' : 480}
      title={<span className="kb-drawer-title">{last?.name}</span>}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {last ? <Details frame={last} close={close} /> : null}
    </Drawer>
  );
}

/** Who, when, the fields, the bytes. */
function Details({ frame, close }: { frame: SlacFrame; close: () => void }) {
  const { t } = useText();
  const time = useTimes();
  const { timing, fields, hex, length } = frame;
  const kept = hex.length / 2;
  const masked = Object.values(fields).includes('***');
  return (
    <Stack gap="md">
      <Facts
        rows={[
          {
            label: t('slac.ladder.at'),
            value: `${time(frame.at)} (+${time(frame.sinceMs)})`,
          },
          {
            label: t('slac.ladder.from'),
            value: `${t(`slac.ladder.${frame.from}`)} · ${frame.source}`,
          },
          {
            label: t('slac.ladder.to'),
            value: `${t(`slac.ladder.${frame.to}`)} · ${frame.target}`,
          },
          {
            label: t('slac.ladder.size'),
            value: t(kept < length ? 'slac.ladder.cut' : 'slac.ladder.bytes', {
              count: length,
              kept,
            }),
          },
          ...(timing
            ? [
                {
                  label: t('slac.ladder.timing'),
                  value: (
                    <>
                      {timing.timer}:{' '}
                      {t('slac.steps.of', {
                        taken: time(timing.elapsedMs),
                        limit: time(timing.limitMs),
                      })}{' '}
                      <LevelMark level={timing.level} />
                    </>
                  ),
                },
              ]
            : []),
        ]}
      />
      <h3 className="kb-slac-next-title">{t('slac.ladder.fields')}</h3>
      <JsonTree value={fields} label={t('slac.ladder.fields')} />
      <Group justify="space-between">
        <h3 className="kb-slac-next-title">{t('slac.ladder.hex')}</h3>
        <CopyButton text={hex} />
      </Group>
      {masked ? <p className="kb-quiet">{t('slac.ladder.keyMasked')}</p> : null}
      <pre className="kb-raw">{hexDump(hex)}</pre>
      <Button variant="default" onClick={close}>
        {t('app.close')}
      </Button>
    </Stack>
  );
}
