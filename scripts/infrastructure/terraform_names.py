#!/usr/bin/env python3
"""Checks that every resource, data source, block and attribute that is set exists in the providers' schemas.

usage: terraform_names.py FOLDER NAMES.json     check every .tf file below FOLDER
       terraform_names.py --record FOLDER SCHEMAS.json...   print NAMES.json: the names of what FOLDER uses

For machines without the providers. It knows names, not types: terraform validate knows more.
"""
import json
import re
import sys
from pathlib import Path

TOKEN = re.compile(
    r'(?P<skip>\s+|#[^\n]*|//[^\n]*|/\*.*?\*/)'
    r'|<<-?(?P<heredoc>\w+)\n'
    r'|(?P<string>"(?:\\.|\$\{(?:[^{}"]|"(?:\\.|[^"\\])*"|\{[^{}]*\})*\}|[^"\\])*")'
    r'|(?P<name>[A-Za-z_][\w-]*)'
    r'|(?P<mark>==|=>|!=|<=|>=|.)', re.S)
META = {'count', 'for_each', 'provider', 'depends_on', 'lifecycle', 'provisioner', 'connection'}


def tokens(text):
    at = 0
    while at < len(text):
        match = TOKEN.match(text, at)
        at = match.end()
        if match['skip']:
            continue
        if match['heredoc']:
            end = re.compile(rf'^\s*{match["heredoc"]}$', re.M).search(text, at)
            at = end.end()
            yield 'string', '"heredoc"'
            continue
        yield match.lastgroup, match[match.lastgroup]


def body(stream, at):
    """Attributes and blocks of the body that begins at a brace: (name, labels, inner body or None)."""
    entries = []
    at += 1
    while stream[at] != ('mark', '}'):
        name = stream[at][1]
        at += 1
        if stream[at] == ('mark', '='):
            at = past_expression(stream, at + 1)
            entries.append((name, [], None))
            continue
        labels = []
        while stream[at] != ('mark', '{'):
            labels.append(stream[at][1].strip('"'))
            at += 1
        inner, at = body(stream, at)
        entries.append((name, labels, inner))
    return entries, at + 1


def past_expression(stream, at):
    """An expression ends where, outside of all brackets, a new entry or the end of the body begins."""
    depth = 0
    while True:
        kind, value = stream[at]
        if value in ('(', '[', '{') and kind == 'mark':
            depth += 1
        elif value in (')', ']', '}') and kind == 'mark':
            if depth == 0:
                return at
            depth -= 1
        if depth == 0 and at + 1 < len(stream) and ends_here(stream, at):
            return at + 1
        at += 1


def ends_here(stream, at):
    if stream[at][0] == 'mark' and stream[at][1] not in (')', ']', '}'):
        return False
    kind, value = stream[at + 1]
    if kind == 'mark':
        return value == '}'
    if kind != 'name' or at + 2 >= len(stream):
        return False
    # name = ..., name { ..., name "label" ...
    return stream[at + 2] in (('mark', '='), ('mark', '{')) or stream[at + 2][0] == 'string'


def blocks(path):
    """Every resource, data source and provider of a file."""
    stream = list(tokens(path.read_text()))
    at = 0
    while at < len(stream):
        labels, kind = [], stream[at][1]
        at += 1
        while stream[at] != ('mark', '{'):
            labels.append(stream[at][1].strip('"'))
            at += 1
        inner, at = body(stream, at)
        if kind in ('resource', 'data', 'provider'):
            yield kind, labels[0], inner


def problems(entries, schema, where, top=True):
    for name, labels, inner in entries:
        if name == 'dynamic':
            name, inner = labels[0], next(i for n, _, i in inner if n == 'content')
        if top and name in META:
            continue
        if inner is None:
            if name not in schema['attributes']:
                yield f'{where}: no attribute {name}'
        elif name not in schema['blocks']:
            yield f'{where}: no block {name}'
        else:
            yield from problems(inner, schema['blocks'][name], f'{where} {name}', top=False)


def trimmed(block):
    return {
        'attributes': sorted(block.get('attributes', {})),
        'blocks': {n: trimmed(b['block']) for n, b in sorted(block.get('block_types', {}).items())},
    }


def record(folder, files):
    used = {(k, n) for f in Path(folder).rglob('*.tf') for k, n, _ in blocks(f)}
    names = {}
    for file in files:
        for address, provider in json.loads(Path(file).read_text())['provider_schemas'].items():
            name = address.split('/')[-1]
            kinds = {'resource': provider.get('resource_schemas', {}), 'data': provider.get('data_source_schemas', {}), 'provider': {name: provider['provider']}}
            for kind, schemas in kinds.items():
                names.setdefault(kind, {}).update({n: trimmed(s['block']) for n, s in schemas.items() if (kind, n) in used})
    print(json.dumps(names, indent=1, sort_keys=True))


def check(folder, file):
    names = json.loads(Path(file).read_text())
    found, count = [], 0
    for path in sorted(Path(folder).rglob('*.tf')):
        for kind, name, entries in blocks(path):
            if name.startswith('terraform_'):
                continue
            count += 1
            schema = names[kind].get(name)
            where = f'{path}: {kind} {name}'
            found += problems(entries, schema, where) if schema else [f'{where}: not in the recorded schemas']
    if count == 0:
        found.append(f'{folder}: no resource, a wrong folder?')
    for line in found:
        print(line, file=sys.stderr)
    if found:
        sys.exit(1)
    print(f'{count} resources, data sources and providers: every name is in the schemas')


if __name__ == '__main__':
    if len(sys.argv) >= 4 and sys.argv[1] == '--record':
        record(sys.argv[2], sys.argv[3:])
    elif len(sys.argv) == 3:
        check(sys.argv[1], sys.argv[2])
    else:
        sys.exit(__doc__)
