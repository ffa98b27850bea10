#!/usr/bin/env python3
"""Compares what helm renders with a golden file, object by object, and holds golden files to the house rules.

usage: rendered.py compare GOLDEN.verified.yaml < RENDERED   writes GOLDEN.received.yaml when they differ
       rendered.py rules GOLDEN.verified.yaml...             needs no helm
"""
import difflib
import sys
from pathlib import Path

import yaml


def objects(text):
    docs = [d for d in yaml.safe_load_all(text) if d]
    return {f'{d["kind"]} {d["metadata"]["name"]}': d for d in docs}


def compare(golden, text):
    received = golden.with_name(golden.name.replace('.verified.', '.received.'))
    wanted = objects(golden.read_text()) if golden.exists() else {}
    found = objects(text)
    if wanted == found:
        received.unlink(missing_ok=True)
        return
    received.write_text(text)
    for name in sorted(wanted.keys() | found.keys()):
        before, after = (yaml.safe_dump(side[name]).splitlines() if name in side else [] for side in (wanted, found))
        for line in difflib.unified_diff(before, after, f'{golden.name}: {name}', f'rendered: {name}', lineterm='', n=1):
            print(line, file=sys.stderr)
    sys.exit(f'{golden}: differs; when that is meant, move {received.name} onto it and read the difference in review')


def containers(found):
    for name, doc in found.items():
        if doc['kind'] in ('Deployment', 'StatefulSet'):
            pod = doc['spec']['template']['spec']
            for container in pod['containers']:
                yield f'{name}, container {container["name"]}', pod, container


def of_containers(found):
    for where, pod, container in containers(found):
        for kind, period in (('liveness', 10), ('readiness', 5)):
            if container.get(f'{kind}Probe', {}).get('periodSeconds') != period:
                yield f'{where}: {kind} is asked every {period} s'
        startup = container.get('startupProbe', {})
        if startup.get('periodSeconds', 0) * startup.get('failureThreshold', 0) != 30:
            yield f'{where}: a start may take 30 s'
        ports = {p['name'] for p in container['ports']}
        yield from (f'{where}: {k} asks a port that the container does not have' for k, v in container.items() if k.endswith('Probe') and v['httpGet']['port'] not in ports)
        resources = container['resources']
        if not all(resources.get(kind, {}).get(what) for kind in ('requests', 'limits') for what in ('cpu', 'memory')):
            yield f'{where}: requests and limits of processor and memory'
        if container['imagePullPolicy'] != 'IfNotPresent' or ':' not in container['image'] or container['image'].endswith(':latest'):
            yield f'{where}: a pinned image, pulled when it is not there'
        context = container['securityContext']
        if context['allowPrivilegeEscalation'] or context['capabilities'] != {'drop': ['ALL']} or not pod['securityContext']['runAsNonRoot'] \
                or pod['securityContext']['seccompProfile'] != {'type': 'RuntimeDefault'}:
            yield f'{where}: pod security level restricted'


def of_workload(found):
    deployment = next((d for d in found.values() if d['kind'] == 'Deployment'), None)
    if deployment is None:
        return
    name = deployment['metadata']['name']
    if deployment['spec']['strategy']['rollingUpdate'] != {'maxUnavailable': 1, 'maxSurge': 1}:
        yield f'{name}: a rolling update takes one away and adds one'
    if 'PodDisruptionBudget ' + name not in found:
        yield f'{name}: no PodDisruptionBudget'
    policy = found.get('NetworkPolicy ' + name, {'spec': {}})['spec'].get('ingress', [])
    peers = [p['namespaceSelector']['matchLabels']['kubernetes.io/metadata.name'] for rule in policy for p in rule['from'] if 'namespaceSelector' in p]
    if name == 'payment-provider' and sorted(peers) != ['srelab-invoicing', 'srelab-monitoring']:
        yield f'{name}: reached from invoice-app and Prometheus alone, not from {peers}'
    if ('Ingress ' + name in found) != (name == 'invoice-app'):
        yield f'{name}: invoice-app has an ingress, and no other'
    scaler = found.get('HorizontalPodAutoscaler invoice-app')
    if name == 'invoice-app' and scaler:
        targets = {m['resource']['name']: m['resource']['target']['averageUtilization'] for m in scaler['spec']['metrics']}
        if (scaler['spec']['minReplicas'], scaler['spec']['maxReplicas'], targets) != (2, 10, {'cpu': 70, 'memory': 60}):
            yield f'{name}: 2 to 10 instances, on 70 % of the processor and 60 % of the memory'
    for role in (d for d in found.values() if d['kind'] == 'Role'):
        if any('secrets' in r['resources'] or '*' in r['resources'] + r['verbs'] for r in role['rules']):
            yield f'{role["metadata"]["name"]}: a team reads no secrets, and has no wildcard'


def of_database(found):
    for cluster in (d for d in found.values() if d['kind'] == 'Cluster'):
        spec = cluster['spec']
        if spec['instances'] < 3 or spec['postgresql']['synchronous'].get('dataDurability') != 'required':
            yield 'Cluster: three instances, and an acknowledged write is on two of them'
        if not 15 <= spec['stopDelay'] < 180:
            yield 'Cluster: stopDelay from 15 to 179'
        if spec['smartShutdownTimeout'] != 0:
            yield 'Cluster: smartShutdownTimeout 0, or a deleted pod keeps the lease'
        archives = cluster['metadata'].get('annotations', {}).get('cnpg.io/skipWalArchiving') != 'enabled'
        if archives != ('backup' in spec):
            yield 'Cluster: WAL is archived where there are backups, and nowhere else'
        if {p.get('periodSeconds') for p in spec['probes'].values()} != {1}:
            yield 'Cluster: probes every second'


def of_backups(found):
    store = next((d for d in found.values() if d['kind'] == 'StatefulSet'), None)
    backup = next((d['spec'].get('backup') for d in found.values() if d['kind'] == 'Cluster'), None)
    if (store is None) != (backup is None):
        yield 'backups: a store and who writes into it, or neither'
    if store is None or backup is None:
        return
    policy = found.get('NetworkPolicy ' + store['metadata']['name'], {'spec': {}})['spec']
    peers = [p for rule in policy.get('ingress', []) for p in rule['from']]
    if peers != [{'podSelector': {'matchExpressions': [{'key': 'cnpg.io/cluster', 'operator': 'Exists'}]}}] or 'egress' in policy:
        yield 'backups: PostgreSQL alone reaches the store, and the store reaches nobody'
    listening = [a for a in store['spec']['template']['spec']['containers'][0]['args'] if 'bind=' in a]
    if sorted(listening) != ['-ip.bind=127.0.0.1', '-s3.ip.bind=0.0.0.0']:
        yield 'backups: what asks for no password listens on loopback'
    barman = backup['barmanObjectStore']
    if not all(barman[part].get('encryption') for part in ('wal', 'data')) or backup['target'] != 'prefer-standby' or not backup['retentionPolicy']:
        yield 'backups: encrypted, from a standby, and forgotten one day'
    if barman['wal']['maxParallel'] != 1:
        yield 'backups: wal.maxParallel 1, or a promotion starts several programs at once'


def of_namespace(found):
    denied = found.get('NetworkPolicy default-deny', {'spec': {}})['spec']
    if any(d['kind'] in ('Deployment', 'Cluster') for d in found.values()) and \
            (denied.get('podSelector') != {} or denied.get('policyTypes') != ['Ingress', 'Egress'] or 'ingress' in denied):
        yield 'no policy that denies everything'
    for name, doc in found.items():
        if doc['metadata'].get('labels', {}).get('app.kubernetes.io/part-of') != 'srelab':
            yield f'{name}: no label app.kubernetes.io/part-of'
        if doc['kind'] == 'Secret' or doc['kind'] in ('ClusterRole', 'ClusterRoleBinding'):
            yield f'{name}: no secret and nothing cluster-wide in our chart'


def rules(files):
    found = []
    for file in files:
        rendered = objects(Path(file).read_text())
        for rule in (of_containers, of_workload, of_database, of_backups, of_namespace):
            found += [f'{file}: {issue}' for issue in rule(rendered)]
    for line in found:
        print(line, file=sys.stderr)
    if found or not files:
        sys.exit(1)
    print(f'{len(files)} golden files: every object keeps the house rules')


if __name__ == '__main__':
    if len(sys.argv) == 3 and sys.argv[1] == 'compare':
        compare(Path(sys.argv[2]), sys.stdin.read())
    elif len(sys.argv) > 2 and sys.argv[1] == 'rules':
        rules(sys.argv[2:])
    else:
        sys.exit(__doc__)
