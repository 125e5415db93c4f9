import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const kerb: MantineColorsTuple = [
  '#e8f6f5',
  '#cdeae8',
  '#9fd7d2',
  '#67c2bb',
  '#45d0c4',
  '#1f9d95',
  '#0c807a',
  '#086863',
  '#0b4f4d',
  '#053a39',
];
const gray: MantineColorsTuple = [
  '#f5f7f8',
  '#edf0f2',
  '#e0e5e9',
  '#cdd4da',
  '#aeb8c1',
  '#84909b',
  '#5f6b76',
  '#47525c',
  '#2f3841',
  '#181e24',
];
const dark: MantineColorsTuple = [
  '#e8ecef',
  '#c5ccd3',
  '#a3adb7',
  '#7d8893',
  '#3a444e',
  '#2b343d',
  '#1e252c',
  '#14191e',
  '#0e1216',
  '#090b0e',
];

const danger: MantineColorsTuple = [
  '#fdebea',
  '#f9d3d1',
  '#f3aaa6',
  '#ec7d78',
  '#f0817c',
  '#dc4640',
  '#c9332d',
  '#b3261e',
  '#8f1c16',
  '#6d130f',
];

/** Calm and high in contrast: petrol on slate, states told by word, icon and colour, targets of 48 px. */
export const theme = createTheme({
  colors: { kerb, gray, dark, danger },
  primaryColor: 'kerb',
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.35' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  components: {
    Button: { defaultProps: { size: 'md' }, styles: { root: { minHeight: 48 } } },
    TextInput: { defaultProps: { size: 'md' } },
    PasswordInput: { defaultProps: { size: 'md' } },
    NumberInput: { defaultProps: { size: 'md' } },
    Select: { defaultProps: { size: 'md' } },
    Autocomplete: { defaultProps: { size: 'md' } },
    Card: { defaultProps: { padding: 'md', radius: 'lg', withBorder: true } },
    Modal: { defaultProps: { radius: 'lg', centered: true } },
    Drawer: { defaultProps: { radius: 'lg' } },
  },
});

/** Tones of a state, as CSS variables `--kb-<tone>` (text), `-bg` (fill) and `-line` (border, dot). */
const tones = {
  light: {
    ok: ['#0a5c36', '#e0f4e9', '#1a8f58'],
    info: ['#0b4a86', '#e2effb', '#2377c4'],
    warn: ['#704600', '#fdf0d2', '#c47d00'],
    bad: ['#981b1b', '#fde6e5', '#d03a36'],
    idle: ['#47525c', '#eaeef1', '#84909b'],
  },
  dark: {
    ok: ['#7fe3ad', '#12352a', '#35b277'],
    info: ['#9ccbff', '#14304d', '#4a98e8'],
    warn: ['#ffcf70', '#3d2e0d', '#dd9a1c'],
    bad: ['#ffa8a3', '#47191b', '#ec5b56'],
    idle: ['#c5ccd3', '#2b343d', '#7d8893'],
  },
} as const;

function toneVariables(scheme: 'light' | 'dark'): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tones[scheme]).flatMap(([tone, [text, fill, line]]) => [
      [`--kb-${tone}`, text],
      [`--kb-${tone}-bg`, fill],
      [`--kb-${tone}-line`, line],
    ]),
  );
}

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#f3f5f6',
    '--mantine-color-text': '#181e24',
    '--mantine-color-dimmed': '#55616c',
    '--mantine-color-placeholder': '#66727d',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-anchor': '#086863',
    '--kb-card': '#ffffff',
    '--kb-line': '#dbe1e6',
    '--kb-chart-present': '#0c807a',
    '--kb-chart-offered': '#a15c00',
    '--kb-chart-soc': '#5a4fb8',
    '--kb-chart-grid': '#e0e5e9',
    '--kb-chart-text': '#55616c',
    ...toneVariables('light'),
  },
  dark: {
    '--mantine-color-body': '#12171b',
    '--mantine-color-text': '#e8ecef',
    '--mantine-color-dimmed': '#a3adb7',
    '--mantine-color-placeholder': '#98a3ad',
    '--mantine-color-error': '#ff9b95',
    '--mantine-color-anchor': '#5fd8cd',
    '--kb-card': '#1a2127',
    '--kb-line': '#2f3942',
    '--kb-chart-present': '#45d0c4',
    '--kb-chart-offered': '#f0b04a',
    '--kb-chart-soc': '#a79df5',
    '--kb-chart-grid': '#2b343d',
    '--kb-chart-text': '#a3adb7',
    ...toneVariables('dark'),
  },
});
