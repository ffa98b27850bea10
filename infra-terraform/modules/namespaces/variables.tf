variable "prefix" {
  description = "What every namespace of the lab begins with. Another prefix is another lab."
  type        = string
  default     = "srelab"

  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$", var.prefix))
    error_message = "prefix: lower-case letters, digits and dashes, at most 32 characters, beginning with a letter."
  }
}

variable "namespaces" {
  description = "Namespaces without the prefix, each with its pod security level."
  type        = map(string)

  validation {
    condition     = alltrue([for level in values(var.namespaces) : contains(["restricted", "baseline", "privileged"], level)])
    error_message = "namespaces: a level is restricted, baseline or privileged."
  }
}
