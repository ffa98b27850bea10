// Numbers and moments as text; English and UTC on purpose, because a report is evidence.
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

export const count = value => whole.format(value);

/** Three significant digits or so. */
export function plain(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return 'unknown';
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size < 1) return String(Math.round(value * 100) / 100);
  return size < 100 ? value.toFixed(1) : whole.format(value);
}

export function seconds(value) {
  if (value === null || value === undefined) return 'unknown';
  return Math.abs(value) < 100 ? `${value.toFixed(2)} s` : `${whole.format(value)} s`;
}

export const milliseconds = value => (value === null || value === undefined ? 'unknown' : `${plain(value)} ms`);

/** Seconds between two moments, with a sign. */
export function offset(ms) {
  const text = (ms / 1000).toFixed(2);
  return `${ms > 0 ? '+' : ''}${text} s`;
}

export function bytes(value) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  for (; Math.abs(value) >= 1024 && unit < units.length - 1; unit++) value /= 1024;
  return `${plain(value)} ${units[unit]}`;
}

export const share = ratio => `${plain(ratio * 100)} %`;

/** Time of day, UTC. */
export const clock = ms => new Date(ms).toISOString().slice(11, 19);

export const median = values => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length === 0 ? null : (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
};
