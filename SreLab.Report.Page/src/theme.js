import { h } from './dom.js';

const key = 'srelab-theme';
const listeners = new Set();
const dark = matchMedia('(prefers-color-scheme: dark)');

// A file:// page may not be allowed to store anything; the choice then lasts as long as the page.
function stored(write) {
  try {
    if (write) localStorage.setItem(key, write);
    return localStorage.getItem(key);
  } catch {
    return write ?? null;
  }
}

export const isDark = () => (document.documentElement.dataset.theme ?? (dark.matches ? 'dark' : 'light')) === 'dark';

/** Called whenever the colours have changed. */
export const onTheme = listener => listeners.add(listener);

/** A colour of tokens.css as the browser resolves it now: charts take no variables. */
export function colour(token) {
  const probe = document.body.appendChild(h('i', { hidden: true }));
  probe.style.color = `var(--${token})`;
  const resolved = getComputedStyle(probe).color;
  probe.remove();
  return resolved;
}

/** The button that turns the page dark or light; without a choice the system's is followed. */
export function themeButton() {
  const chosen = stored();
  if (chosen === 'dark' || chosen === 'light') document.documentElement.dataset.theme = chosen;

  const button = h('button', { type: 'button', class: 'theme' }, 'Dark theme');
  const show = () => button.setAttribute('aria-pressed', String(isDark()));
  const changed = () => {
    show();
    listeners.forEach(listener => listener());
  };
  button.addEventListener('click', () => {
    const next = isDark() ? 'light' : 'dark';
    document.documentElement.dataset.theme = next;
    stored(next);
    changed();
  });
  dark.addEventListener('change', changed);
  show();
  return button;
}
