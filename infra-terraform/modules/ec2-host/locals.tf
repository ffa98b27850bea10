locals {
  # Owners are the distributors' own accounts: a name alone could be anybody's image.
  images = {
    debian-12         = { owner = "136693071363", name = "debian-12-${var.architecture == "arm64" ? "arm64" : "amd64"}-*" }
    amazon-linux-2023 = { owner = "137112412989", name = "al2023-ami-2023.*-kernel-*-${var.architecture}" }
  }

  tags = merge(var.tags, { Name = var.name, "srelab.io/part-of" = "srelab" })
}
