// The places of the page, in the order of the menu.
export const places = [
  { to: '/', label: 'Items', hint: 'what is kept in step, and how it stands' },
  { to: '/progress', label: 'Progress', hint: 'what runs now' },
  { to: '/plans', label: 'Plans', hint: 'what waits for your approval' },
  { to: '/conflicts', label: 'Conflicts', hint: 'what both sides changed' },
  { to: '/results', label: 'Results', hint: 'what was reported' },
  { to: '/history', label: 'History', hint: 'what ran' },
  { to: '/schedule', label: 'Schedule', hint: 'when things run by themselves' },
  { to: '/handlers', label: 'Handlers', hint: 'who does the work' },
  { to: '/settings', label: 'Settings', hint: 'this manager' },
] as const;

export type PlacePath = (typeof places)[number]['to'];
