import { Button, SimpleGrid, Stack } from '@mantine/core';
import type { BenchEvse } from '@kerbside/contracts';
import { Facts } from '@kerbside/ui';
import { IconPlayerPause, IconPlayerPlay, IconPlayerStop, IconPlugX } from '@tabler/icons-react';
import { useText } from '../../i18n/use-text.ts';
import { useBenchCommand } from './use-bench-command.ts';

/** The simulated vehicle at the plug: how it does, pause and wake-up, stop, unplug. */
export function PluggedVehicle({ evse }: { evse: BenchEvse }) {
  const { t, f, term } = useText();
  const { send, pending } = useBenchCommand('benchVehicle');
  const params = { id: evse.id };
  const asleep = evse.vehicleState === 'paused';
  const talks = evse.vehicleKind !== undefined && evse.vehicleKind !== 'basic';
  const Icon = asleep ? IconPlayerPlay : IconPlayerPause;
  const energy = evse.energyWh === undefined ? undefined : f.energy(evse.energyWh);
  return (
    <Stack gap="sm">
      <Facts
        rows={[
          ...(evse.vehicleKind
            ? [{ label: t('bench.kind'), value: t(`evse.kind.${evse.vehicleKind}`) }]
            : []),
          ...(evse.vehicleState
            ? [{ label: t('bench.state'), value: term('bench.states', evse.vehicleState) }]
            : []),
          ...(evse.soc === undefined
            ? []
            : [{ label: t('bench.soc'), value: `${f.number(evse.soc, 1)} %` }]),
          ...(energy
            ? [
                {
                  label: t('evse.energy'),
                  value: t('bench.taken', { energy: `${energy.value} ${energy.unit}` }),
                },
              ]
            : []),
        ]}
      />
      {talks ? (
        <Button
          variant="default"
          px="xs"
          leftSection={<Icon size={18} aria-hidden />}
          loading={pending}
          onClick={() => send({ params, body: { action: asleep ? 'wake' : 'pause' } })}
        >
          {t(asleep ? 'bench.wake' : 'bench.pause')}
        </Button>
      ) : null}
      <SimpleGrid cols={2} spacing="sm">
        <Button
          variant="default"
          px="xs"
          leftSection={<IconPlayerStop size={18} aria-hidden />}
          loading={pending}
          onClick={() => send({ params, body: { action: 'stop' } })}
        >
          {t('bench.stop')}
        </Button>
        <Button
          variant="default"
          px="xs"
          leftSection={<IconPlugX size={18} aria-hidden />}
          loading={pending}
          onClick={() => send({ params, body: { action: 'unplug' } })}
        >
          {t('bench.unplug')}
        </Button>
      </SimpleGrid>
    </Stack>
  );
}
