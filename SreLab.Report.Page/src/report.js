import { drawCharts } from './charts/base.js';
import { RunTime } from './charts/time.js';
import { h, section } from './dom.js';
import { alertsSection } from './sections/alerts.js';
import { benchSection } from './sections/bench.js';
import { budgetSection } from './sections/budget.js';
import { faultsSection } from './sections/faults.js';
import { footer, header } from './sections/header.js';
import { IncidentPanel } from './sections/incident.js';
import { promisesSection } from './sections/promises.js';
import { runSection } from './sections/run.js';
import { seedSection } from './sections/seed.js';

const report = JSON.parse(document.getElementById('evidence').textContent);

const incident = new IncidentPanel(report.faults.data ?? []);
const time = new RunTime(report.windows, id => incident.show(id));
if (report.monitored.data) time.include(report.monitored.data.from, report.monitored.data.to);

const sections = [
  ['promises', 'Promises', 'What the platform owes, judged from the evidence. Unknown is not a pass.', () => promisesSection(report.promises)],
  ['run', 'The run over time', 'All charts share one time, UTC. Shaded: what ran when. A click on a fault shows its incident.', () => runSection(report, time)],
  ['faults', 'Faults', 'How long clients could not write, measured from their own acknowledgements. Choose a fault to see its incident.', () => faultsSection(report, incident)],
  ['alerts', 'Alerts', 'From condition to delivery, beside the sum that the configuration promises.', () => alertsSection(report)],
  ['benchmark', 'Benchmark', 'Exact percentiles from the raw logs of every client thread.', () => benchSection(report.bench)],
  ['seed', 'Seed', 'How the database was filled; the clock stops when every standby has replayed the last byte.', () => seedSection(report.seed)],
  ['budget', 'Error budgets', 'What the benchmark used of the failures that it was allowed to have, and what a fault takes from a whole period.', () => budgetSection(report.budgets)],
];

document.getElementById('top').append(...header(report));
document.getElementById('sections').append(h('ul', {}, sections.map(([id, title]) => h('li', {}, h('a', { href: `#${id}` }, title)))));
document.getElementById('main').append(...sections.map(([id, title, note, build]) => section(id, title, note, build)));
document.getElementById('foot').append(...footer(report));
drawCharts();
incident.showFromAddress();
