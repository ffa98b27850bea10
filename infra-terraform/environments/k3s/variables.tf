variable "kubeconfig" {
  description = "Path of the kubeconfig."
  type        = string

  validation {
    condition     = length(var.kubeconfig) > 0
    error_message = "kubeconfig: a path."
  }
}

variable "context" {
  description = "Context of the kubeconfig; null takes the current one."
  type        = string
  default     = null
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

variable "load_balancer_addresses" {
  description = "Free addresses of the Docker network that the nodes are in, such as 172.30.0.200-172.30.0.220."
  type        = list(string)

  validation {
    condition     = length(var.load_balancer_addresses) > 0
    error_message = "load_balancer_addresses: at least one range; the database is reached through it."
  }
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
