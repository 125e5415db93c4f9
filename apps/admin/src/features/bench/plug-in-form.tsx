import {
  Button,
  Input,
  NumberInput,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Switch,
} from '@mantine/core';
import { vehicleKind } from '@kerbside/contracts';
import { IconPlugConnected } from '@tabler/icons-react';
import { useState } from 'react';
import { useText } from '../../i18n/use-text.ts';
import { useBenchCommand } from './use-bench-command.ts';

type Kind = (typeof vehicleKind.options)[number];
const numeric = (value: number | string): number | undefined =>
  typeof value === 'number' ? value : undefined;

/** Which vehicle arrives, how full it is, how much it wants. */
export function PlugInForm({ id, disabled }: { id: number; disabled: boolean }) {
  const { t } = useText();
  const { send, pending } = useBenchCommand('benchVehicle');
  const [kind, setKind] = useState<Kind>('iso2-dc');
  const [battery, setBattery] = useState<number | undefined>(60);
  const [soc, setSoc] = useState<number | undefined>(30);
  const [energy, setEnergy] = useState<number | undefined>();
  const [internet, setInternet] = useState(false);
  const plugIn = () =>
    send({
      params: { id },
      body: {
        action: 'plug-in',
        kind,
        batteryWh: Math.round((battery ?? 60) * 1000),
        soc: soc ?? 30,
        internet: kind !== 'basic' && internet,
        ...(energy === undefined ? {} : { energyWh: Math.max(1, Math.round(energy * 1000)) }),
      },
    });
  return (
    <Stack gap="sm">
      <Input.Wrapper label={t('bench.kind')} size="md">
        <SegmentedControl
          fullWidth
          size="md"
          aria-label={t('bench.kind')}
          value={kind}
          onChange={(value) => setKind(vehicleKind.parse(value))}
          data={vehicleKind.options.map((value) => ({
            value,
            label: t(`bench.kindText.${value}`),
          }))}
        />
      </Input.Wrapper>
      <SimpleGrid cols={2} spacing="sm">
        <NumberInput
          label={t('bench.battery')}
          suffix=" kWh"
          min={1}
          max={1000}
          value={battery ?? ''}
          hideControls
          onChange={(value) => setBattery(numeric(value))}
        />
        <NumberInput
          label={t('bench.soc')}
          suffix=" %"
          min={0}
          max={100}
          value={soc ?? ''}
          hideControls
          onChange={(value) => setSoc(numeric(value))}
        />
      </SimpleGrid>
      <NumberInput
        label={t('bench.energy')}
        description={t('bench.energyHint')}
        suffix=" kWh"
        min={0.001}
        max={1000}
        decimalScale={3}
        allowedDecimalSeparators={[',', '.']}
        value={energy ?? ''}
        hideControls
        onChange={(value) => setEnergy(numeric(value))}
      />
      {kind === 'basic' ? null : (
        <Switch
          label={t('bench.internet')}
          checked={internet}
          onChange={(event) => setInternet(event.currentTarget.checked)}
        />
      )}
      <Button
        fullWidth
        disabled={disabled}
        loading={pending}
        leftSection={<IconPlugConnected size={18} aria-hidden />}
        onClick={plugIn}
      >
        {t('bench.plugIn')}
      </Button>
    </Stack>
  );
}
