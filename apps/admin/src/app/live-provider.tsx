import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useNotify } from './use-notify.ts';
import { useText } from '../i18n/use-text.ts';
import { StreamClient } from '../stream/stream-client.ts';
import { openStream, StreamProvider } from '../stream/stream-context.tsx';

/** The live stream of who is logged in: says when it is back, and ends with the login. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const { t, f } = useText();
  const notify = useNotify();
  const [client] = useState(
    () =>
      new StreamClient({
        open: openStream,
        onLoggedOut: () => void queries.invalidateQueries({ queryKey: ['getMe'] }),
        onReturned: (away) => {
          notify.done(t('link.back', { duration: f.duration(away) }));
          void queries.invalidateQueries();
        },
      }),
  );
  return <StreamProvider client={client}>{children}</StreamProvider>;
}
