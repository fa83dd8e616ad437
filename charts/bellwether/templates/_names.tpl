{{- define "bellwether.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* Labels of everything: (dict "root" $ "component" "collector"). */}}
{{- define "bellwether.labels" -}}
{{ include "bellwether.selector" . }}
app.kubernetes.io/part-of: bellwether
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end -}}

{{- define "bellwether.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{/* Labels by which the Prometheus operator chooses its objects, beside ours. */}}
{{- define "bellwether.operatorLabels" -}}
{{ include "bellwether.labels" . }}
{{- with .root.Values.prometheusOperator.labels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* repository:tag, or repository@digest where one is given: (dict "root" $ "image" .Values.collector.image). */}}
{{- define "bellwether.image" -}}
{{- if .image.digest -}}
{{ .image.repository }}@{{ .image.digest }}
{{- else -}}
{{ .image.repository }}:{{ .image.tag | default .root.Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{- define "bellwether.collector" -}}
{{ include "bellwether.fullname" . }}-collector
{{- end -}}

{{- define "bellwether.otlp" -}}
http://{{ include "bellwether.collector" . }}.{{ .Release.Namespace }}.svc:4318
{{- end -}}

{{- define "bellwether.prometheus" -}}
{{- if .Values.prometheus.create -}}
http://{{ include "bellwether.fullname" . }}-prometheus.{{ .Release.Namespace }}.svc:9090
{{- else -}}
{{ required "Expected prometheus.url to be the address of a Prometheus with an OTLP receiver, got none; give it, or set prometheus.create" .Values.prometheus.url | trimSuffix "/" }}
{{- end -}}
{{- end -}}
