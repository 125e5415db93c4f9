import { notifications } from '@mantine/notifications';
import { useMemo } from 'react';
import { useText } from '../i18n/use-text.ts';

/** Short messages at the top of the page. */
export function useNotify(): {
  done: (message: string) => void;
  failed: (title: string, message: string) => void;
} {
  const { t } = useText();
  return useMemo(() => {
    const closeButtonProps = { 'aria-label': t('app.close') };
    return {
      done: (message) => notifications.show({ message, color: 'kerb', closeButtonProps }),
      failed: (title, message) =>
        notifications.show({
          title,
          message,
          color: 'danger',
          autoClose: 10_000,
          closeButtonProps,
        }),
    };
  }, [t]);
}
