import type { EvseCommandRequest } from '@kerbside/contracts';
import { useCommand } from '../../api/query.ts';
import { useErrorText } from '../../app/use-error-text.ts';
import { useNotify } from '../../app/use-notify.ts';
import { useText } from '../../i18n/use-text.ts';

/** Sends a command to an EVSE and says what became of it; the effect itself comes by the stream. */
export function useEvseCommand(id: number): {
  send: (body: EvseCommandRequest, done?: () => void) => void;
  pending: EvseCommandRequest['command'] | undefined;
} {
  const { t, term } = useText();
  const notify = useNotify();
  const errorText = useErrorText();
  const command = useCommand('commandEvse');
  const send = (body: EvseCommandRequest, done?: () => void) =>
    command.mutate(
      { params: { id }, body },
      {
        onSuccess: ({ accepted, code, reason }) => {
          if (accepted) {
            notify.done(t(`action.done.${body.command}`));
            done?.();
            return;
          }
          const why = reason ?? (code === undefined ? '' : term('reason', code));
          notify.failed(t('action.refused'), why);
        },
        onError: (error) => notify.failed(t('error.title'), errorText(error)),
      },
    );
  return { send, pending: command.isPending ? command.variables.body.command : undefined };
}
