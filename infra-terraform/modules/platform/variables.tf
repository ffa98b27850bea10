variable "target" {
  description = "Whose overlays count: k3s, existing or eks."
  type        = string
}

variable "prefix" {
  description = "What every namespace of the lab begins with. Another prefix is another lab."
  type        = string
  default     = "srelab"
}

variable "helm_values" {
  description = "The folder helm-values of this repository."
  type        = string
}

variable "sources" {
  description = "For clusters without the internet, and for a company's own settings. charts: a folder with <chart>-<version>.tgz, as helm pull leaves them, in place of the repositories. values: a folder whose <release>.yaml count last."
  type        = object({ charts = optional(string), values = optional(string) })
  default     = {}
}

variable "observability" {
  description = "The folder observability of this repository."
  type        = string
}

variable "passwords" {
  description = "Passwords of all roles, the payment provider's token, Grafana's administrator, the store of backups where there is one."
  type = object({
    superuser        = string
    owner            = string
    monitor          = string
    invoice_app      = string
    payment_provider = string
    payment_token    = string
    grafana          = string
    backups          = optional(string)
  })
  sensitive = true
}

variable "storage" {
  description = "The class of the database's volumes: made, or taken when create is false."
  type = object({
    create      = optional(bool, true)
    name        = optional(string, "srelab")
    provisioner = optional(string, "rancher.io/local-path")
    parameters  = optional(map(string), {})
    expandable  = optional(bool, false)
  })
  default = {}
}

variable "load_balancer_addresses" {
  description = "Addresses for MetalLB. Empty installs none: the cluster has a load balancer of its own."
  type        = list(string)
  default     = []
}

variable "operator_namespace" {
  description = "Where a CloudNativePG operator runs already. Null installs one."
  type        = string
  default     = null
}

variable "operator_chart_version" {
  description = "Another version of the operator's chart than the one of helm-values/versions.yaml."
  type        = string
  default     = null
}

variable "monitoring_namespace" {
  description = "Where a Prometheus of prometheus-operator runs already: it must read rules and monitors of all namespaces. Null installs kube-prometheus-stack."
  type        = string
  default     = null
}

variable "anti_affinity" {
  description = "required: an instance a node. preferred: for clusters with fewer nodes than instances."
  type        = string
  default     = "required"
}

variable "server_dns_names" {
  description = "Names that clients outside of the cluster verify the database's certificate against."
  type        = list(string)
  default     = []
}

variable "client_cidrs" {
  description = "Networks outside of the cluster that may connect to the database."
  type        = list(string)
  default     = []
}

variable "slo_windows" {
  description = "Windows of the burn-rate rules: run for a lab of minutes, 30d otherwise."
  type        = string
  default     = "30d"
}

variable "evaluation_interval" {
  description = "How often the rules are evaluated."
  type        = string
  default     = "5s"
}

variable "scrape_interval" {
  description = "How often database and workloads are asked for metrics."
  type        = string
  default     = "5s"
}

variable "alert_receiver_url" {
  description = "Webhook that Alertmanager sends every alert to."
  type        = string
  default     = "http://receiver.invalid/alerts"
}

variable "suite_metrics_address" {
  description = "Host and port where the suite tells what its clients see, as Prometheus' pod reaches it; null for none."
  type        = string
  default     = null
}

variable "install_metrics_server" {
  description = "True where the cluster has no metrics-server."
  type        = bool
  default     = false
}

variable "backups" {
  description = "Backups of the database into a store in the cluster, as in the module database: off unless enabled; passwords.backups is needed then."
  type = object({
    enabled         = optional(bool, false)
    retention       = optional(string, "7d")
    schedule        = optional(string, "0 0 3 * * *")
    archive_timeout = optional(string, "30s")
    volume_size     = optional(string, "10Gi")
  })
  default  = {}
  nullable = false
}

variable "workloads" {
  description = "The sample services: off without images; ingress as in the module workloads."
  type = object({
    enabled = optional(bool, true)
    images = optional(object({ invoice_app = string, payment_provider = string, edge_proxy = string }), {
      invoice_app      = "srelab/invoice-app:0.1.0"
      payment_provider = "srelab/payment-provider:0.1.0"
      edge_proxy       = "srelab/edge-proxy:0.1.0"
    })
    ingress = optional(object({
      host       = optional(string, "invoices.srelab.local")
      class      = optional(string)
      cidrs      = optional(list(string), [])
      tls_secret = optional(string, "")
    }), {})
  })
  default = {}
}

variable "wait" {
  description = "Wait for the database with kubectl. Without it the caller waits, and the workloads do not verify its certificate."
  type = object({
    enabled    = bool
    kubeconfig = optional(string, "")
    context    = optional(string)
    seconds    = optional(number, 300)
  })
}
