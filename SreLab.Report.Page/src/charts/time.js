import { clock } from '../format.js';
import { colour } from '../theme.js';
import { axis, figure } from './base.js';

// Of the wide charts' left side, in pixels: room for the name of an alert.
const margin = 136;

/** Charts over the run's time: one range for all, what ran when shaded behind them. */
export class RunTime {
  #charts = [];
  #windows;
  #select;
  range;

  constructor(windows, select) {
    this.#windows = windows;
    this.#select = select;
    const ends = windows.flatMap(w => [w.from, w.to]);
    this.range = ends.length ? [Math.min(...ends) - 5000, Math.max(...ends) + 5000] : null;
    this.whole = this.range;
  }

  /** Widens the run to what else is known of it. */
  include(from, to) {
    this.range = this.range ? [Math.min(this.range[0], from), Math.max(this.range[1], to)] : [from, to];
    this.whole = this.range;
  }

  /** All charts show this stretch. */
  show(range) {
    this.range = range;
    this.#charts.forEach(draw => draw());
  }

  figure(options) {
    return figure({
      ...options,
      option: isWide => this.#aligned({ xAxis: this.#axis(), ...options.option() }, isWide),
      onclick: event => {
        const fault = event.componentType === 'markArea' && this.#windows.find(w => w.name === event.name)?.fault;
        if (fault) this.#select(fault);
      },
      onready: (chart, show) => this.#charts.push(show),
    });
  }

  /** What a series carries so that the windows are shaded behind it; the name shows when pointed at. */
  shade() {
    return {
      itemStyle: { opacity: 1 },
      label: { show: false, position: 'insideTop', color: colour('ink'), fontSize: 11 },
      emphasis: { label: { show: true } },
      data: this.#windows.map(w => [
        { name: w.name, xAxis: w.from, itemStyle: { color: colour(`window-${w.kind}`) }, cursor: w.fault ? 'pointer' : 'default' },
        { xAxis: w.to },
      ]),
    };
  }

  // Where there is room all charts begin at the same place, so that one moment is one line down the page.
  #aligned(option, isWide) {
    if (!isWide) return option;
    const label = { ...option.yAxis.axisLabel, width: margin - 12, overflow: 'break', lineHeight: 13 };
    return { ...option, grid: { left: margin, outerBoundsMode: 'none', bottom: 24 }, yAxis: { ...option.yAxis, axisLabel: label } };
  }

  #axis() {
    return axis('time', { min: this.range?.[0], max: this.range?.[1], axisLabel: { formatter: clock } });
  }
}
