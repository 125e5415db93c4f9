import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { cssVariablesResolver, theme } from '@kerbside/ui';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { newQueryClient } from '../api/query.ts';
import { Gate } from './gate.tsx';
import { LiveProvider } from './live-provider.tsx';
import { router } from './router.tsx';

const queryClient = newQueryClient();

export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
    >
      <Notifications position="top-center" autoClose={5000} limit={3} />
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
