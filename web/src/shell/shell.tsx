// The frame around every view: the menu with what waits, the state of the connection, the question a
// handler may have.
import { Anchor, AppShell, Badge, Burger, Group, NavLink, ScrollArea, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { progressStore } from '../data/progress-store.ts';
import { runningQuery, waitingQuery } from '../data/queries.ts';
import { Ask } from './ask.tsx';
import { LinkBanner } from './link-banner.tsx';
import { type PlacePath, places } from './places.ts';
import { SchemeSwitch } from './scheme-switch.tsx';
import classes from './shell.module.css';
import { Working } from './working.tsx';

export function Shell() {
  const [isOpen, menu] = useDisclosure(false);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const waiting = useWaiting();
  useEffect(() => menu.close(), [path]);
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 212, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding="md"
    >
      <Working />
      <Anchor href="#content" className={classes.jump} onClick={jumpToContent}>
        Skip to the content
      </Anchor>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={isOpen}
              onClick={menu.toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={isOpen ? 'Close the menu' : 'Open the menu'}
              aria-expanded={isOpen}
            />
            <img src="./icon.svg" alt="" width={24} height={24} />
            <Text fw={650}>syncmgr</Text>
          </Group>
          <SchemeSwitch />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar
        p="xs"
        component="nav"
        aria-label="Places"
        className={classes.menu}
        data-closed={!isOpen}
      >
        <ScrollArea type="auto">
          {places.map(({ to, label, hint }) => (
            <NavLink
              key={to}
              component={Link}
              to={to}
              label={label}
              title={hint}
              active={isAt(path, to)}
              aria-current={isAt(path, to) ? 'page' : undefined}
              rightSection={<Waits count={waiting[to] ?? 0} />}
            />
          ))}
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className={classes.main}>
        <LinkBanner />
        <Outlet />
        <Ask />
      </AppShell.Main>
    </AppShell>
  );
}

const isAt = (path: string, place: string) =>
  place === '/' ? path === '/' : path === place || path.startsWith(`${place}/`);

/** The address is kept: what comes after # says which view it is. */
function jumpToContent(event: { preventDefault(): void }): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}

function Waits({ count }: { readonly count: number }) {
  if (count === 0) return null;
  return (
    <Badge size="sm" variant="filled" circle={count < 10} aria-label={`${count} waiting`}>
      {count > 999 ? '999+' : count}
    </Badge>
  );
}

function useWaiting(): Partial<Record<PlacePath, number>> {
  const running = useQuery(runningQuery).data ?? [];
  const { plans = 0, conflicts = 0 } = useQuery(waitingQuery).data ?? {};
  const ids = running.map(({ session }) => session).join();
  useEffect(() => progressStore.keepOnly(new Set(ids.split(','))), [ids]);
  return {
    '/progress': running.length,
    '/plans': plans,
    '/conflicts': conflicts,
  };
}
