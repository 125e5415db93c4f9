import type { RouteName, RouteRequest } from '@kerbside/contracts';
import { notifications } from '@mantine/notifications';
import { useCommand } from '../../api/query.ts';
import { useErrorText } from '../../app/use-error-text.ts';
import { useText } from '../../i18n/use-text.ts';

type BenchRoute = Extract<RouteName, 'benchVehicle' | 'benchToken' | 'benchFault'>;

/** A command to the bench whose failure is told; its effect comes by the stream. */
export function useBenchCommand<N extends BenchRoute>(route: N) {
  const { t } = useText();
  const errorText = useErrorText();
  const command = useCommand(route);
  const send = (request: RouteRequest<N>) =>
    command.mutate(request, {
      onError: (error) =>
        notifications.show({ title: t('error.title'), message: errorText(error), color: 'red' }),
    });
  return { send, pending: command.isPending };
}
