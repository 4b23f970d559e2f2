// Light, dark, or as the system has it.
import { SegmentedControl, useMantineColorScheme, VisuallyHidden } from '@mantine/core';

const schemes = [
  { value: 'light', sign: '☀', name: 'Light' },
  { value: 'auto', sign: '◐', name: 'As the system' },
  { value: 'dark', sign: '☾', name: 'Dark' },
] as const;

export function SchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      size="xs"
      aria-label="Colours of the page"
      value={colorScheme}
      onChange={(value) => setColorScheme(value as typeof colorScheme)}
      data={schemes.map(({ value, sign, name }) => ({
        value,
        label: (
          <span title={name}>
            <span aria-hidden>{sign}</span>
            <VisuallyHidden>{name}</VisuallyHidden>
          </span>
        ),
      }))}
    />
  );
}
