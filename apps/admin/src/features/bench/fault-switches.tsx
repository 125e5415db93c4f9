import { Stack, Switch } from '@mantine/core';
import { BENCH_FAULTS, type BenchEvse } from '@kerbside/contracts';
import { useText } from '../../i18n/use-text.ts';
import { useBenchCommand } from './use-bench-command.ts';

/** Breaks and mends the rig's hardware. A switch moves when the rig says so, not when it is touched. */
export function FaultSwitches({ evse }: { evse: BenchEvse }) {
  const { t } = useText();
  const { send, pending } = useBenchCommand('benchFault');
  return (
    <details className="kb-details" open={evse.faults.length > 0}>
      <summary>
        {t('bench.faults')}
        {evse.faults.length > 0 ? ` (${evse.faults.length})` : ''}
      </summary>
      <Stack gap={2}>
        {BENCH_FAULTS.map((fault) => (
          <Switch
            key={fault}
            label={t(`bench.fault.${fault}`)}
            checked={evse.faults.includes(fault)}
            disabled={pending}
            color="danger"
            onChange={(event) =>
              send({
                params: { id: evse.id },
                body: { fault, active: event.currentTarget.checked },
              })
            }
          />
        ))}
      </Stack>
    </details>
  );
}
