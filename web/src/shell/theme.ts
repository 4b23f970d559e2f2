// Colours, type and spacing of the page.
import { type CSSVariablesResolver, createTheme, Menu, Modal } from '@mantine/core';

export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: 9,
  autoContrast: true,
  defaultRadius: 'md',
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', 'Noto Sans Mono', monospace",
  headings: { fontWeight: '650' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  focusRing: 'auto',
  components: {
    Modal: Modal.extend({
      defaultProps: {
        // Holding the page still behind it would need a style that nobody vouches for.
        lockScroll: false,
        closeButtonProps: { 'aria-label': 'Close' },
      },
    }),
    // Of a page there is one header, and that of a dialog is not it.
    ModalHeader: { defaultProps: { component: 'div' } },
    Menu: Menu.extend({
      defaultProps: {
        // The first entry has the focus, not an element that is none.
        withInitialFocusPlaceholder: false,
        // What opens over the content is part of it.
        portalProps: { target: '#content' },
      },
    }),
  },
});

/** Text on its own colour, dark enough, and light enough, to be read by everybody: 4.5 to 1 or more. */
const onLight = {
  teal: '#065f46',
  blue: '#0b4a8f',
  yellow: '#6b4300',
  red: '#9b1c1c',
  gray: '#3f464d',
  grape: '#6d1f7e',
};
const onDark: typeof onLight = {
  teal: '#8ff0d0',
  blue: '#a5d0ff',
  yellow: '#ffe08a',
  red: '#ffb3b3',
  gray: '#d0d4d8',
  grape: '#eec5f7',
};

export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#565e66',
    '--mantine-color-anchor': '#0b6b55',
    ...named(onLight),
  },
  dark: {
    '--mantine-color-dimmed': '#abb2b9',
    '--mantine-color-anchor': '#7be7c4',
    // That of the library is darker here than what it stands on.
    '--mantine-color-gray-light': '#3b3f44',
    ...named(onDark),
  },
});

const named = (colors: typeof onLight) =>
  Object.fromEntries(
    Object.entries(colors).map(([name, color]) => [`--mantine-color-${name}-light-color`, color]),
  );
