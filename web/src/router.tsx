// Which view stands at which address. Addresses come after #, so that the server has one page to serve.
import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router';
import { Lost } from './shell/lost.tsx';
import { Shell } from './shell/shell.tsx';
import { ItemsView } from './views/items-view.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: Lost, errorComponent: Lost });

const view = <Path extends string>(path: Path, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => root, path, component });

const items = createRoute({ getParentRoute: () => root, path: '/', component: ItemsView });
const progress = view(
  '/progress',
  lazyRouteComponent(() => import('./views/progress-view.tsx'), 'ProgressView'),
);
const plans = view(
  '/plans',
  lazyRouteComponent(() => import('./views/plans-view.tsx'), 'PlansView'),
);
const plan = view(
  '/plans/$hash',
  lazyRouteComponent(() => import('./views/plan-view.tsx'), 'PlanView'),
);
const conflicts = view(
  '/conflicts',
  lazyRouteComponent(() => import('./views/conflicts-view.tsx'), 'ConflictsView'),
);
const conflict = view(
  '/conflicts/$id',
  lazyRouteComponent(() => import('./views/conflict-view.tsx'), 'ConflictView'),
);
const results = createRoute({
  getParentRoute: () => root,
  path: '/results',
  component: lazyRouteComponent(() => import('./views/results-view.tsx'), 'ResultsView'),
  validateSearch: ({ partnership, session }): { partnership?: string; session?: string } => ({
    ...(typeof partnership === 'string' ? { partnership } : {}),
    ...(typeof session === 'string' ? { session } : {}),
  }),
});
const history = createRoute({
  getParentRoute: () => root,
  path: '/history',
  component: lazyRouteComponent(() => import('./views/history-view.tsx'), 'HistoryView'),
  validateSearch: ({ partnership }): { partnership?: string } =>
    typeof partnership === 'string' ? { partnership } : {},
});
const schedule = view(
  '/schedule',
  lazyRouteComponent(() => import('./views/schedule-view.tsx'), 'ScheduleView'),
);
const terms = view(
  '/schedule/$partnership',
  lazyRouteComponent(() => import('./views/terms-view.tsx'), 'TermsView'),
);
const handlers = view(
  '/handlers',
  lazyRouteComponent(() => import('./views/handlers-view.tsx'), 'HandlersView'),
);
const settings = view(
  '/settings',
  lazyRouteComponent(() => import('./views/settings-view.tsx'), 'SettingsView'),
);
const add = view(
  '/add',
  lazyRouteComponent(() => import('./views/add-view.tsx'), 'AddView'),
);
const choose = view(
  '/choose/$request',
  lazyRouteComponent(() => import('./views/choose-view.tsx'), 'ChooseView'),
);

export const router = createRouter({
  routeTree: root.addChildren([
    items,
    progress,
    plans,
    plan,
    conflicts,
    conflict,
    results,
    history,
    schedule,
    terms,
    handlers,
    settings,
    add,
    choose,
  ]),
  history: createHashHistory(),
  defaultPreload: 'intent',
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
