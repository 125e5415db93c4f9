import { MantineProvider } from '@mantine/core';
import { cssVariablesResolver, theme } from '@kerbside/ui';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { newQueryClient } from '../api/query.ts';
import { Gate } from './gate.tsx';
import { LiveProvider } from './live-provider.tsx';
import { LoadBoundary } from './load-boundary.tsx';
import { router } from './router.tsx';

// what is told before it is there waits for it
const Toasts = lazy(async () => ({ default: (await import('./toasts.tsx')).Toasts }));

const queryClient = newQueryClient();

export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
    >
      <LoadBoundary failed={null}>
        <Suspense fallback={null}>
          <Toasts />
        </Suspense>
      </LoadBoundary>
      <QueryClientProvider client={queryClient}>
        <Gate>
          <LiveProvider>
            <RouterProvider router={router} />
          </LiveProvider>
        </Gate>
      </QueryClientProvider>
    </MantineProvider>
  );
}
