import type { EvseCommandRequest } from '@kerbside/contracts';
import { notifications } from '@mantine/notifications';
import { useCommand } from '../../api/query.ts';
import { useErrorText } from '../../app/use-error-text.ts';
import { useText } from '../../i18n/use-text.ts';

/** Sends a command to an EVSE and says what became of it; the effect itself comes by the stream. */
export function useEvseCommand(id: number): {
  send: (body: EvseCommandRequest, done?: () => void) => void;
  pending: EvseCommandRequest['command'] | undefined;
} {
  const { t, term } = useText();
  const errorText = useErrorText();
  const command = useCommand('commandEvse');
  const send = (body: EvseCommandRequest, done?: () => void) =>
    command.mutate(
      { params: { id }, body },
      {
        onSuccess: ({ accepted, code, reason }) => {
          if (accepted) {
            notifications.show({ message: t(`action.done.${body.command}`), color: 'teal' });
            done?.();
            return;
          }
          const why = reason ?? (code === undefined ? '' : term('reason', code));
          notifications.show({ title: t('action.refused'), message: why, color: 'red' });
        },
        onError: (error) =>
          notifications.show({ title: t('error.title'), message: errorText(error), color: 'red' }),
      },
    );
  return { send, pending: command.isPending ? command.variables.body.command : undefined };
}
