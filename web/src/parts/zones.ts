// Time zones as this browser knows them, its own first.
export const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
export const zones: readonly string[] = [
  ownZone,
  ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== ownZone),
];
