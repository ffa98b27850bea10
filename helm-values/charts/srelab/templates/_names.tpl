{{/* Labels of every object. Call with a dict: root, name, component. */}}
{{- define "srelab.labels" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
app.kubernetes.io/part-of: srelab
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end }}

{{/* What a workload's pods are chosen by: never changed, a Deployment's selector is immutable. */}}
{{- define "srelab.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/part-of: srelab
{{- end }}

{{/* Pods of another namespace as a peer of a network policy. Call with a dict: namespace, labels. */}}
{{- define "srelab.peer" -}}
namespaceSelector:
  matchLabels:
    kubernetes.io/metadata.name: {{ .namespace }}
{{- with .labels }}
podSelector:
  matchLabels:
    {{- toYaml . | nindent 4 }}
{{- end }}
{{- end }}

{{/* Nothing in, nothing out but names, for every pod of the namespace. Call with a dict: root, name, component. */}}
{{- define "srelab.defaultDeny" -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
  labels:
    {{- include "srelab.labels" . | nindent 4 }}
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
  egress:
    - to:
        - {{- include "srelab.peer" .root.Values.network.dns | nindent 10 }}
      ports:
        - port: 53
          protocol: UDP
        - port: 53
          protocol: TCP
{{- end }}
