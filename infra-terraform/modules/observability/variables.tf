variable "helm_values" {
  description = "The folder helm-values of this repository."
  type        = string
}

variable "target" {
  description = "Whose overlay counts: k3s, existing or eks."
  type        = string
}

variable "sources" {
  description = "For clusters without the internet, and for a company's own settings. charts: a folder with <chart>-<version>.tgz, as helm pull leaves them, in place of the repositories. values: a folder whose <release>.yaml count last."
  type        = object({ charts = optional(string), values = optional(string) })
  default     = {}
}

variable "namespace" {
  description = "Where Prometheus, Alertmanager and Grafana run, and our rules and dashboards are. node_exporter needs the pod security level privileged."
  type        = string
}

variable "install" {
  description = "False when the cluster has prometheus-operator, with a Prometheus that reads rules and monitors of all namespaces."
  type        = bool
  default     = true
}

variable "observability" {
  description = "The folder observability of this repository."
  type        = string

  validation {
    condition     = length(fileset(var.observability, "rules/alerts/*.yml")) > 0
    error_message = "observability: no rules/alerts in this folder; give the path of observability."
  }
}

variable "slo_windows" {
  description = "Windows of the burn-rate rules: run for a lab of minutes, 30d otherwise."
  type        = string
  default     = "30d"

  validation {
    condition     = contains(["run", "30d"], var.slo_windows)
    error_message = "slo_windows: run or 30d."
  }
}

variable "evaluation_interval" {
  description = "How often the rules are evaluated."
  type        = string
  default     = "5s"

  validation {
    condition     = can(regex("^([1-9]|10)s$", var.evaluation_interval))
    error_message = "evaluation_interval: 1s to 10s; rates of the rules are over 30 s."
  }
}

variable "alert_receiver_url" {
  description = "Webhook that Alertmanager sends every alert to."
  type        = string
  default     = "http://receiver.invalid/alerts"

  validation {
    condition     = can(regex("^https?://[^/\\s]+", var.alert_receiver_url))
    error_message = "alert_receiver_url: an http or https address."
  }
}

variable "suite_metrics_address" {
  description = "Host and port where the suite tells what its clients see, as Prometheus' pod reaches it; null for none."
  type        = string
  default     = null

  validation {
    condition     = var.suite_metrics_address == null || can(regex("^[^/:\\s]+:[0-9]{1,5}$", var.suite_metrics_address))
    error_message = "suite_metrics_address: a host and a port, such as 172.30.0.1:9464."
  }
}

variable "grafana_password" {
  description = "Password of Grafana's user admin."
  type        = string
  sensitive   = true

  validation {
    condition     = length(var.grafana_password) >= 16
    error_message = "grafana_password: at least 16 characters."
  }
}

variable "install_metrics_server" {
  description = "True where the cluster has no metrics-server; K3s has one."
  type        = bool
  default     = false
}

variable "timeout_seconds" {
  description = "How long one release may take."
  type        = number
  default     = 300
}
