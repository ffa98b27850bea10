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

variable "namespaces" {
  description = "One for each team, and where Prometheus runs."
  type        = object({ invoicing = string, payments = string, monitoring = string })

  validation {
    condition     = var.namespaces.invoicing != var.namespaces.payments
    error_message = "namespaces: each team has its own."
  }
}

variable "images" {
  description = "Images of the services, with a tag. On no registry: built from workloads/ and loaded onto the nodes, or pushed where the cluster pulls from."
  type        = object({ invoice_app = string, payment_provider = string, edge_proxy = string })

  validation {
    condition     = alltrue([for image in values(var.images) : can(regex("[^/]+(:[^/:]+|@sha256:[0-9a-f]{64})$", image)) && !endswith(image, ":latest")])
    error_message = "images: each with a tag or digest, and not latest: a restart must not change what runs."
  }
}

variable "database" {
  description = "Host of the read-write service, name of the database, namespace and name of the Cluster."
  type        = object({ host = string, name = string, namespace = string, cluster = string })
}

variable "verify_database" {
  description = "Whether the services verify the database's certificate; needs certificate_authority."
  type        = bool
  default     = true
}

variable "certificate_authority" {
  description = "PEM of the authority that signed the database's certificate."
  type        = string
  default     = ""
}

variable "passwords" {
  description = "Passwords of the services' roles, and the token that the provider asks for."
  type        = object({ invoice_app = string, payment_provider = string, payment_token = string })
  sensitive   = true

  validation {
    condition     = alltrue([for password in values(var.passwords) : length(password) >= 16])
    error_message = "passwords: at least 16 characters each."
  }
}

variable "ingress" {
  description = "Name that invoice-app is reached by; class, networks of a controller outside of the cluster, and TLS secret where they differ from the overlay's."
  type = object({
    host       = optional(string, "invoices.srelab.local")
    class      = optional(string)
    cidrs      = optional(list(string), [])
    tls_secret = optional(string, "")
  })
  default = {}

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$", var.ingress.host)) && alltrue([for cidr in var.ingress.cidrs : can(cidrhost(cidr, 0))])
    error_message = "ingress: host is a DNS name, cidrs are networks such as 10.0.0.0/16."
  }
}

variable "scrape_interval" {
  description = "How often the services' metrics are asked for."
  type        = string
  default     = "1s"

  validation {
    condition     = can(regex("^([1-9]|10)s$", var.scrape_interval))
    error_message = "scrape_interval: 1s to 10s; rates of the rules are over 30 s."
  }
}

variable "timeout_seconds" {
  description = "How long one release may take."
  type        = number
  default     = 120
}
