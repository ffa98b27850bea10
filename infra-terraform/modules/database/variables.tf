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
  description = "Where the database runs."
  type        = string
}

variable "operator_namespace" {
  description = "Where the operator runs, also when it was there before: the network policy lets it in."
  type        = string
}

variable "monitoring_namespace" {
  description = "Where Prometheus runs: the network policy lets it in."
  type        = string
}

variable "install_operator" {
  description = "False when the cluster has a CloudNativePG operator that watches all namespaces."
  type        = bool
  default     = true
}

variable "operator_chart_version" {
  description = "Another version of the operator's chart than the one of helm-values/versions.yaml."
  type        = string
  default     = null

  validation {
    condition     = var.operator_chart_version == null || can(regex("^\\d+\\.\\d+\\.\\d+$", var.operator_chart_version))
    error_message = "operator_chart_version: exact, such as 0.27.1."
  }
}

variable "name" {
  description = "Name of the Cluster. Services are NAME-rw, NAME-ro, NAME-r."
  type        = string
  default     = "srelab"

  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]{0,40}[a-z0-9])?$", var.name))
    error_message = "name: lower-case letters, digits and dashes, at most 42 characters, beginning with a letter."
  }
}

variable "instances" {
  description = "Instances of PostgreSQL, primary included. With fewer than three a lost one stops commits."
  type        = number
  default     = 3

  validation {
    condition     = var.instances >= 3 && var.instances <= 9 && floor(var.instances) == var.instances
    error_message = "instances: 3 to 9. A commit waits for a standby, so two would turn every fault into an outage."
  }
}

variable "anti_affinity" {
  description = "required: an instance a node. preferred: for clusters with fewer nodes than instances."
  type        = string
  default     = "required"

  validation {
    condition     = contains(["required", "preferred"], var.anti_affinity)
    error_message = "anti_affinity: required or preferred."
  }
}

variable "storage_class" {
  description = "Class of the volumes for data and WAL."
  type        = string
}

variable "server_dns_names" {
  description = "Names, besides the services' own, that the server's certificate holds: for clients outside of the cluster that verify it."
  type        = list(string)
  default     = []
}

variable "client_cidrs" {
  description = "Networks outside of the cluster that may connect, through the load balancer."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for cidr in var.client_cidrs : can(cidrhost(cidr, 0))])
    error_message = "client_cidrs: each is a CIDR such as 172.30.0.0/16."
  }
}

variable "client_pods" {
  description = "Pods that may connect: their namespace and their label app.kubernetes.io/name."
  type        = list(object({ namespace = string, name = string }))
  default     = []
}

variable "queries" {
  description = "The text of observability/queries/srelab.yml."
  type        = string
}

variable "scrape_interval" {
  description = "How often the exporters are asked."
  type        = string
  default     = "1s"

  validation {
    condition     = can(regex("^([1-9]|10)s$", var.scrape_interval))
    error_message = "scrape_interval: 1s to 10s; rates of the rules are over 30 s."
  }
}

variable "passwords" {
  description = "Passwords of the login roles; backups, of the store and of its encryption, is needed where backups are on."
  type = object({
    superuser        = string
    owner            = string
    monitor          = string
    invoice_app      = string
    payment_provider = string
    backups          = optional(string)
  })
  sensitive = true

  validation {
    condition     = alltrue([for password in values(var.passwords) : length(coalesce(password, "none-is-long-enough")) >= 16])
    error_message = "passwords: at least 16 characters each."
  }
}

variable "backups" {
  description = "Backups of the database: WAL archived all the time and a backup by schedule, into a store in the cluster that this makes, encrypted. What they cost: each promotion asks the archive several times (docs/adr/0027-backups-on-kubernetes.md). retention: how far back a restore can go at least. schedule: the operator's cron, seconds first. archive_timeout: what may be lost with all instances. volume_size: of the store."
  type = object({
    enabled         = optional(bool, false)
    retention       = optional(string, "7d")
    schedule        = optional(string, "0 0 3 * * *")
    archive_timeout = optional(string, "30s")
    volume_size     = optional(string, "10Gi")
  })
  default  = {}
  nullable = false

  validation {
    condition     = can(regex("^[1-9][0-9]*[dwm]$", var.backups.retention))
    error_message = "backups.retention: days, weeks or months, such as 7d."
  }

  validation {
    condition     = can(regex("^(\\S+ ){5}\\S+$", var.backups.schedule))
    error_message = "backups.schedule: six fields, seconds first, such as 0 0 3 * * *."
  }

  validation {
    condition     = can(regex("^[1-9][0-9]*(s|min)$", var.backups.archive_timeout))
    error_message = "backups.archive_timeout: seconds or minutes as PostgreSQL writes them, such as 30s."
  }

  validation {
    condition     = can(regex("^[1-9][0-9]*(Mi|Gi|Ti)$", var.backups.volume_size))
    error_message = "backups.volume_size: such as 10Gi."
  }
}

variable "after" {
  description = "Ids of releases that must be there before the Cluster."
  type        = list(string)
  default     = []
}

variable "wait" {
  description = "Wait for the cluster with kubectl. Without it the caller waits, and clients cannot verify the server's certificate."
  type = object({
    enabled    = bool
    kubeconfig = optional(string, "")
    context    = optional(string)
    seconds    = optional(number, 300)
  })

  validation {
    condition     = !var.wait.enabled || length(var.wait.kubeconfig) > 0
    error_message = "wait: a kubeconfig, or enabled = false."
  }
}

variable "timeout_seconds" {
  description = "How long one release may take."
  type        = number
  default     = 180
}
