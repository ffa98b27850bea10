# A host for the load generator, in the cluster's network: clients that share no processor with the database.

data "aws_subnet" "this" {
  id = var.subnet_id
}

# The newest image of the chosen distribution at the first apply; a newer one does not replace a host that is there.
data "aws_ami" "this" {
  most_recent = true
  owners      = [local.images[var.distribution].owner]

  filter {
    name   = "name"
    values = [local.images[var.distribution].name]
  }

  filter {
    name   = "architecture"
    values = [var.architecture]
  }

  filter {
    name   = "virtualization-type"
    values = ["hvm"]
  }

  filter {
    name   = "root-device-type"
    values = ["ebs"]
  }
}

resource "aws_instance" "this" {
  ami                    = data.aws_ami.this.id
  instance_type          = var.instance_type
  subnet_id              = data.aws_subnet.this.id
  vpc_security_group_ids = [aws_security_group.this.id]
  key_name               = var.key_name
  iam_instance_profile   = var.instance_profile
  # Reached through Session Manager or from inside of the VPC.
  associate_public_ip_address = false
  ebs_optimized               = true
  monitoring                  = true
  user_data                   = var.user_data
  user_data_replace_on_change = true

  # IMDSv2 alone, for the host itself: neither a request without a token nor a container gets the role's credentials.
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
    instance_metadata_tags      = "disabled"
  }

  root_block_device {
    volume_type           = "gp3"
    volume_size           = var.disk_gib
    encrypted             = true
    kms_key_id            = var.kms_key_arn
    delete_on_termination = true
    tags                  = local.tags
  }

  tags = local.tags

  lifecycle {
    ignore_changes = [ami]
  }
}
