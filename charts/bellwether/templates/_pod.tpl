{{/* What every pod has. Nothing is root, can become it, or can write outside of its volumes: (dict "user" 1000). */}}
{{- define "bellwether.podSecurity" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: {{ .user }}
  runAsGroup: {{ .user }}
  fsGroup: {{ .user }}
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- end -}}

{{- define "bellwether.containerSecurity" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  privileged: false
  capabilities:
    drop: [ALL]
{{- end -}}

{{/* Where pods may run, and what they may pull: (dict "root" $ "component" "collector"). */}}
{{- define "bellwether.placement" -}}
{{- with .root.Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .root.Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .root.Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "bellwether.selector" . | nindent 8 }}
{{- end -}}

{{/* Secrets as files in /run/secrets; each variable names its file. The values are in Secrets that are there already. */}}
{{- define "bellwether.secretVolume" -}}
- name: secrets
  projected:
    defaultMode: 0440
    sources:
      {{- range $variable, $ref := . }}
      - secret:
          name: {{ $ref.secret }}
          items:
            - key: {{ $ref.key }}
              path: {{ $ref.secret }}/{{ $ref.key }}
      {{- end }}
{{- end -}}

{{- define "bellwether.secretVariables" -}}
{{- range $variable, $ref := . }}
- name: {{ $variable }}
  value: /run/secrets/{{ $ref.secret }}/{{ $ref.key }}
{{- end }}
{{- end -}}

{{/* What the SDK reads: (dict "root" $ "name" "shop"). */}}
{{- define "bellwether.telemetryVariables" -}}
- name: OTEL_SERVICE_NAME
  value: {{ .name }}
- name: OTEL_EXPORTER_OTLP_ENDPOINT
  value: {{ include "bellwether.otlp" .root }}
- name: OTEL_METRIC_EXPORT_INTERVAL
  value: {{ .root.Values.telemetry.exportIntervalMs | quote }}
- name: POD_NAME
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
- name: OTEL_RESOURCE_ATTRIBUTES
  value: service.namespace={{ .root.Values.telemetry.namespace }},deployment.environment.name={{ .root.Values.telemetry.environment }},k8s.namespace.name={{ .root.Release.Namespace }},k8s.pod.name=$(POD_NAME)
{{- end -}}
