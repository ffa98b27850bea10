{{/* What every container may do: nothing beyond its own process. */}}
{{- define "srelab.restricted" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{/*
The three probes on a port. Call with a dict: port, live, ready.
A start may take 30 s; only then does liveness count, so a slow start is never a restart loop.
*/}}
{{- define "srelab.probes" -}}
startupProbe:
  httpGet:
    path: {{ .live }}
    port: {{ .port }}
  periodSeconds: 1
  timeoutSeconds: 1
  failureThreshold: 30
livenessProbe:
  httpGet:
    path: {{ .live }}
    port: {{ .port }}
  periodSeconds: 10
  timeoutSeconds: 3
  failureThreshold: 3
readinessProbe:
  httpGet:
    path: {{ .ready }}
    port: {{ .port }}
  periodSeconds: 5
  timeoutSeconds: 2
  failureThreshold: 1
{{- end }}

{{/* Variables from a map, in the order of their names. */}}
{{- define "srelab.environment" -}}
{{- range $name, $value := . }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end }}

{{/*
How a workload reaches the database. The password is in a file, never here. Kerberos is not asked for: its library is not in the images, and
the runtime would say so in the log, in lines that are not JSON.
*/}}
{{- define "srelab.connection" -}}
Host={{ .host }};Port={{ .port }};Database={{ .name }};Username={{ .user }};Timeout=3;Command Timeout=5;Maximum Pool Size=20;
{{- if .caConfigMap }}SSL Mode=VerifyFull;Root Certificate=/etc/srelab/ca/ca.crt{{ else }}SSL Mode=Require{{ end }};GSS Encryption Mode=Disable
{{- end }}
