import type { Permission } from '@kerbside/contracts';
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { PermissionGate } from './permission-gate.tsx';
import { NotFoundPage, RouteErrorPage } from './route-fallbacks.tsx';
import { Shell } from './shell/shell.tsx';

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** Who may see the page: a route without it does not compile. */
    permission: Permission | 'self';
  }
  interface Register {
    router: typeof router;
  }
}

const rootRoute = createRootRoute({
  staticData: { permission: 'self' },
  component: () => (
    <Shell>
      <PermissionGate>
        <Outlet />
      </PermissionGate>
    </Shell>
  ),
  notFoundComponent: NotFoundPage,
  errorComponent: RouteErrorPage,
});

const statusRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  staticData: { permission: 'status.read' },
  component: lazyRouteComponent(() => import('../features/status/status-page.tsx'), 'StatusPage'),
});
const evsesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/evses',
  staticData: { permission: 'status.read' },
  component: lazyRouteComponent(() => import('../features/evses/evses-page.tsx'), 'EvsesPage'),
});
const evseRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/evses/$id',
  staticData: { permission: 'status.read' },
  component: lazyRouteComponent(() => import('../features/evses/evse-page.tsx'), 'EvsePage'),
});
const slacRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/evses/$id/slac',
  validateSearch: (search: Record<string, unknown>): { attempt?: string } => {
    // an id of digits alone comes as a number
    const attempt = search['attempt'];
    const text = typeof attempt === 'number' ? String(attempt) : attempt;
    return typeof text === 'string' && /^[\w-]{1,64}$/.test(text) ? { attempt: text } : {};
  },
  staticData: { permission: 'status.read' },
  component: lazyRouteComponent(() => import('../features/slac/slac-page.tsx'), 'SlacPage'),
});
const sessionsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sessions',
  validateSearch: (search: Record<string, unknown>): { evse?: number } => {
    const evse = Number(search['evse']);
    return Number.isInteger(evse) && evse > 0 ? { evse } : {};
  },
  staticData: { permission: 'sessions.read' },
  component: lazyRouteComponent(
    () => import('../features/sessions/sessions-page.tsx'),
    'SessionsPage',
  ),
});
const sessionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sessions/$id',
  staticData: { permission: 'sessions.read' },
  component: lazyRouteComponent(
    () => import('../features/sessions/session-page.tsx'),
    'SessionPage',
  ),
});
const ocppRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/ocpp',
  staticData: { permission: 'status.read' },
  component: lazyRouteComponent(() => import('../features/ocpp/ocpp-page.tsx'), 'OcppPage'),
});
const vasRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/internet',
  staticData: { permission: 'status.read' },
  component: lazyRouteComponent(() => import('../features/vas/vas-page.tsx'), 'VasPage'),
});
const systemRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/system',
  staticData: { permission: 'self' },
  component: lazyRouteComponent(
    () => import('../features/system/system-layout.tsx'),
    'SystemLayout',
  ),
});
const systemIndexRoute = createRoute({
  getParentRoute: () => systemRoute,
  path: '/',
  staticData: { permission: 'self' },
  beforeLoad: () => {
    throw redirect({ to: '/system/about' });
  },
});
const aboutRoute = createRoute({
  getParentRoute: () => systemRoute,
  path: 'about',
  staticData: { permission: 'self' },
  component: lazyRouteComponent(() => import('../features/system/about-page.tsx'), 'AboutPage'),
});
const settingsRoute = createRoute({
  getParentRoute: () => systemRoute,
  path: 'settings',
  staticData: { permission: 'config.read' },
  component: lazyRouteComponent(
    () => import('../features/system/settings-page.tsx'),
    'SettingsPage',
  ),
});
const accountsRoute = createRoute({
  getParentRoute: () => systemRoute,
  path: 'accounts',
  staticData: { permission: 'users.manage' },
  component: lazyRouteComponent(
    () => import('../features/system/accounts-page.tsx'),
    'AccountsPage',
  ),
});
const tokensRoute = createRoute({
  getParentRoute: () => systemRoute,
  path: 'tokens',
  staticData: { permission: 'tokens.manage' },
  component: lazyRouteComponent(() => import('../features/system/tokens-page.tsx'), 'TokensPage'),
});
const auditRoute = createRoute({
  getParentRoute: () => systemRoute,
  path: 'audit',
  staticData: { permission: 'audit.read' },
  component: lazyRouteComponent(() => import('../features/system/audit-page.tsx'), 'AuditPage'),
});

export const routeTree = rootRoute.addChildren([
  statusRoute,
  evsesRoute,
  evseRoute,
  slacRoute,
  sessionsRoute,
  sessionRoute,
  ocppRoute,
  vasRoute,
  systemRoute.addChildren([
    systemIndexRoute,
    aboutRoute,
    settingsRoute,
    accountsRoute,
    tokensRoute,
    auditRoute,
  ]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  scrollRestoration: true,
});
