#!/usr/bin/env python3
"""Checks that every key that is set in helm-values/ exists in its chart at the pinned version.

usage: values_keys.py HELM_VALUES                 check against HELM_VALUES/tests/keys/CHART-VERSION.txt
       values_keys.py --record CHART SECTION...   print the keys of an unpacked chart, of these sections alone, such as a or a.b

A misspelt value is silent in Helm: nothing reads it. The recorded keys are names alone, made from a chart's own defaults.
"""
import sys
from pathlib import Path

import yaml

OPEN = ' ...'


def load(path):
    with open(path) as file:
        return yaml.safe_load(file) or {}


def keys(values, path=''):
    """Paths of the leaves. What is empty by default, or a list, takes anything below it: marked as open."""
    for name, value in values.items():
        where = f'{path}{name}'
        # What a container may use is Kubernetes' to say, whatever the default asks for.
        if isinstance(value, dict) and value and name != 'resources':
            yield from keys(value, where + '.')
        else:
            yield where + (OPEN if value is None or isinstance(value, (dict, list)) else '')


def defaults(chart):
    """A chart's defaults, with those of its subcharts below their names: what the parent says counts."""
    values = load(chart / 'values.yaml')
    for subchart in sorted((chart / 'charts').glob('*/values.yaml')):
        name = subchart.parent.name
        values[name] = merged(defaults(subchart.parent), values.get(name) or {})
    return values


def merged(below, above):
    result = dict(below)
    for name, value in above.items():
        both = isinstance(value, dict) and isinstance(result.get(name), dict)
        result[name] = merged(result[name], value) if both else value
    return result


def record(chart, sections):
    about = load(chart / 'Chart.yaml')
    print(f'# {about["name"]} {about["version"]}: keys of its values. Made by: values_keys.py --record CHART {" ".join(sections)}')
    print('# Names alone; "..." takes anything below it.')
    values = defaults(chart)
    for section in sections:
        value = values
        for name in section.split('.'):
            value = value[name]
        path, _, name = section.rpartition('.')
        print('\n'.join(keys({name: value}, path + '.' if path else '')))


def unknown(values, known, path=''):
    for name, value in values.items():
        where = f'{path}{name}'
        if where + OPEN in known:
            continue
        if where in known:
            if isinstance(value, dict):
                yield f'{where} is not a map'
        elif not any(key.startswith(where + '.') for key in known):
            yield f'{where} does not exist'
        elif isinstance(value, dict):
            yield from unknown(value, known, where + '.')
        elif value is not None:
            yield f'{where} is a map'


def check(root):
    found, count = [], 0
    for chart, pin in load(root / 'versions.yaml').items():
        files = [root / f'{chart}.yaml', *sorted(root.glob(f'overlays/*/{chart}.yaml'))]
        for version in sorted({pin['version'], *pin.get('targets', {}).values()}):
            recorded = root / 'tests' / 'keys' / f'{chart}-{version}.txt'
            if not recorded.exists():
                found.append(f'{recorded}: missing; record it with: values_keys.py --record CHART SECTION...')
                continue
            known = set(recorded.read_text().splitlines())
            for file in files:
                count += file.exists()
                found += [f'{file}: {issue} in {chart} {version}' for issue in (unknown(load(file), known) if file.exists() else [])]

    # Our own chart: its defaults are here.
    known = set(keys(load(root / 'charts' / 'srelab' / 'values.yaml')))
    for file in [*sorted(root.glob('srelab-*.yaml')), *sorted(root.glob('overlays/*/srelab-*.yaml')), *sorted(root.glob('tests/inputs/*.yaml'))]:
        count += 1
        found += [f'{file}: {issue} in our chart' for issue in unknown(load(file), known)]

    overlays = {f.name for f in root.glob('overlays/*/*.yaml')}
    found += [f'{root}/overlays/*/{name}: overlays nothing' for name in overlays if not (root / name).exists()]
    for line in found:
        print(line, file=sys.stderr)
    if found:
        sys.exit(1)
    print(f'{count} files of values: every key is in its chart')


if __name__ == '__main__':
    if len(sys.argv) >= 4 and sys.argv[1] == '--record':
        record(Path(sys.argv[2]), sys.argv[3:])
    elif len(sys.argv) == 2:
        check(Path(sys.argv[1]))
    else:
        sys.exit(__doc__)
