import type { RouteName, RouteRequest } from '@kerbside/contracts';
import { useCommand } from '../../api/query.ts';
import { useErrorText } from '../../app/use-error-text.ts';
import { useNotify } from '../../app/use-notify.ts';
import { useText } from '../../i18n/use-text.ts';

type BenchRoute = Extract<RouteName, 'benchVehicle' | 'benchToken' | 'benchFault'>;

/** A command to the bench whose failure is told; its effect comes by the stream. */
export function useBenchCommand<N extends BenchRoute>(route: N) {
  const { t } = useText();
  const notify = useNotify();
  const errorText = useErrorText();
  const command = useCommand(route);
  const send = (request: RouteRequest<N>) =>
    command.mutate(request, {
      onError: (error) => notify.failed(t('error.title'), errorText(error)),
    });
  return { send, pending: command.isPending };
}
