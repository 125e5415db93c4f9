import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useText } from '../i18n/use-text.ts';
import { StreamClient } from '../stream/stream-client.ts';
import { openStream, StreamProvider } from '../stream/stream-context.tsx';

/** The live stream of who is logged in: says when it is back, and ends with the login. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const { t, f } = useText();
  const [client] = useState(
    () =>
      new StreamClient({
        open: openStream,
        onLoggedOut: () => void queries.invalidateQueries({ queryKey: ['getMe'] }),
        onReturned: (away) => {
          notifications.show({
            message: t('link.back', { duration: f.duration(away) }),
            color: 'teal',
          });
          void queries.invalidateQueries();
        },
      }),
  );
  return <StreamProvider client={client}>{children}</StreamProvider>;
}
