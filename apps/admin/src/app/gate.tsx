import { Button, Center, Loader, Stack } from '@mantine/core';
import { Logo, Notice } from '@kerbside/ui';
import { lazy, type ReactNode, Suspense } from 'react';
import { MeProvider } from '../access/use-access.tsx';
import { ApiError } from '../api/problem.ts';
import { useApi } from '../api/query.ts';
import { useText } from '../i18n/use-text.ts';
import { LoadBoundary } from './load-boundary.tsx';
import { useErrorText } from './use-error-text.ts';

// forms are half as large as all the rest of the first load, and who is logged in needs none
const ClaimPage = lazy(async () => ({
  default: (await import('../features/access/claim-page.tsx')).ClaimPage,
}));
const LoginPage = lazy(async () => ({
  default: (await import('../features/access/login-page.tsx')).LoginPage,
}));

function Splash({ error, retry }: { error?: ApiError; retry?: () => void }) {
  const { t } = useText();
  const errorText = useErrorText();
  return (
    <Center mih="100dvh" p="lg" component="main">
      <Stack align="center" maw={420}>
        <Logo size={56} title={t('app.name')} />
        {error ? (
          <Notice
            tone="bad"
            live
            title={errorText(error)}
            action={<Button onClick={retry}>{t('app.retry')}</Button>}
          >
            {error.kind === 'offline' ? t('error.offlineNext') : null}
          </Notice>
        ) : (
          <output aria-label={t('app.loading')}>
            <Loader />
          </output>
        )}
      </Stack>
    </Center>
  );
}

/** A page that is loaded when it is needed; a charger that is gone meanwhile is told of. */
function Entry({ children }: { children: ReactNode }) {
  return (
    <LoadBoundary
      failed={
        <Splash
          error={new ApiError('offline', 'offline', '')}
          retry={() => window.location.reload()}
        />
      }
    >
      <Suspense fallback={<Splash />}>{children}</Suspense>
    </LoadBoundary>
  );
}

/** Claim first, then login, then the app. The address stays, so that a link survives the login. */
export function Gate({ children }: { children: ReactNode }) {
  const claim = useApi('getClaim', {}, { staleTime: Infinity });
  const me = useApi('getMe', {}, { enabled: claim.data?.claimed === true, staleTime: 60_000 });
  if (claim.error && !claim.data)
    return <Splash error={claim.error} retry={() => void claim.refetch()} />;
  if (!claim.data) return <Splash />;
  if (!claim.data.claimed)
    return (
      <Entry>
        <ClaimPage unit={claim.data} />
      </Entry>
    );
  if (me.error?.status === 401)
    return (
      <Entry>
        <LoginPage unit={claim.data} expired={me.data !== undefined} />
      </Entry>
    );
  if (!me.data)
    return me.error ? <Splash error={me.error} retry={() => void me.refetch()} /> : <Splash />;
  return <MeProvider me={me.data}>{children}</MeProvider>;
}
