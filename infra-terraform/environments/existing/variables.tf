variable "kubeconfig" {
  description = "Path of the kubeconfig."
  type        = string

  validation {
    condition     = length(var.kubeconfig) > 0
    error_message = "kubeconfig: a path."
  }
}

variable "context" {
  description = "Context of the kubeconfig. Named always: the current one may be another cluster tomorrow."
  type        = string

  validation {
    condition     = length(var.context) > 0
    error_message = "context: the name of a context of the kubeconfig."
  }
}

variable "overlay" {
  description = "Whose values count: existing, or eks for a cluster made by environments/eks."
  type        = string
  default     = "existing"

  validation {
    condition     = contains(["existing", "eks"], var.overlay)
    error_message = "overlay: existing or eks."
  }
}

variable "prefix" {
  description = "What every namespace of the lab begins with. Another prefix is another lab."
  type        = string
  default     = "srelab"
}

variable "sources" {
  description = "For clusters without the internet, and for a company's own settings. charts: a folder with <chart>-<version>.tgz, as helm pull leaves them, in place of the repositories. values: a folder whose <release>.yaml count last."
  type        = object({ charts = optional(string), values = optional(string) })
  default     = {}
}

variable "passwords" {
  description = "Passwords of all roles, the payment provider's token, Grafana's administrator: at least 16 characters each. Never in a file of the repository."
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
  description = "The class of the database's volumes: taken by name, or made with create = true."
  type = object({
    create      = optional(bool, false)
    name        = string
    provisioner = optional(string, "ebs.csi.aws.com")
    parameters  = optional(map(string), {})
    expandable  = optional(bool, true)
  })
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

variable "install_metrics_server" {
  description = "True where the cluster has no metrics-server."
  type        = bool
  default     = false
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

variable "client_cidrs" {
  description = "Networks outside of the cluster that may connect to the database. Balanced connections may come from the nodes' own addresses: on K3s the first two of each node's pod network, such as 10.42.0.0/31."
  type        = list(string)
  default     = []
}

variable "server_dns_names" {
  description = "Names that clients outside of the cluster verify the database's certificate against."
  type        = list(string)
  default     = ["srelab-rw.local"]
}

variable "operator_chart_version" {
  description = "Another version of the operator's chart than the one of helm-values/versions.yaml."
  type        = string
  default     = null
}

variable "alert_receiver_url" {
  description = "Webhook that Alertmanager sends every alert to: the suite's receiver."
  type        = string
  default     = "http://receiver.invalid/alerts"
}

variable "suite_metrics_address" {
  description = "Host and port where the suite tells what its clients see, as Prometheus' pod reaches it; null for none."
  type        = string
  default     = null
}

variable "wait_for_database" {
  description = "Wait with kubectl until the database is ready. False: the caller waits, and the workloads do not verify the database's certificate."
  type        = bool
  default     = true
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
  description = "The sample services: on or off, their images, their ingress."
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
