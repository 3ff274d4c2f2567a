/** What a person likes, kept per browser. Cookies, so that the first paint is already right and needs no script. */
export const THEMES = ["system", "light", "dark"] as const;
export const DENSITIES = ["comfortable", "compact"] as const;
export type Theme = (typeof THEMES)[number];
export type Density = (typeof DENSITIES)[number];

export const THEME_COOKIE = "runboard_theme";
export const DENSITY_COOKIE = "runboard_density";

const oneOf = <T extends string>(values: readonly T[], value: string | undefined, otherwise: T): T =>
  values.find((candidate) => candidate === value) ?? otherwise;

export const parseTheme = (value: string | undefined): Theme => oneOf(THEMES, value, "system");
export const parseDensity = (value: string | undefined): Density => oneOf(DENSITIES, value, "comfortable");

const YEAR_S = 31_536_000;

function remember(cookie: string, value: string) {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
  document.cookie = `${cookie}=${value}; path=/; max-age=${YEAR_S}; samesite=lax`;
}

/** Applies a theme to the page at once and remembers it for the next. */
export function applyTheme(theme: Theme) {
  document.documentElement.dataset.theme = theme;
  remember(THEME_COOKIE, theme);
  window.dispatchEvent(new Event("runboard:theme"));
}

export function applyDensity(density: Density) {
  document.documentElement.dataset.density = density;
  remember(DENSITY_COOKIE, density);
  window.dispatchEvent(new Event("runboard:density"));
}
