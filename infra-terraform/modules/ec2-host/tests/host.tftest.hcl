mock_provider "aws" {
  mock_data "aws_subnet" {
    defaults = {
      id     = "subnet-0123456789abcdef0"
      vpc_id = "vpc-0123456789abcdef0"
    }
  }

  mock_data "aws_ami" {
    defaults = {
      id   = "ami-0123456789abcdef0"
      name = "debian-12-amd64-20260101-1"
    }
  }
}

variables {
  subnet_id = "subnet-0123456789abcdef0"
}

run "closed_encrypted_and_imdsv2" {
  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.ssh) == 0
    error_message = "Nobody comes in unless it was asked for."
  }

  assert {
    condition     = aws_instance.this.metadata_options[0].http_tokens == "required" && aws_instance.this.metadata_options[0].http_put_response_hop_limit == 1
    error_message = "IMDSv2 alone."
  }

  assert {
    condition     = aws_instance.this.root_block_device[0].encrypted && aws_instance.this.associate_public_ip_address == false
    error_message = "An encrypted disk, and no public address."
  }

  assert {
    condition     = output.ami == { id = "ami-0123456789abcdef0", name = "debian-12-amd64-20260101-1" } && aws_security_group.this.vpc_id == "vpc-0123456789abcdef0"
    error_message = "The image is looked up; the security group is in the subnet's network."
  }
}

run "ssh_from_where_it_was_asked_for" {
  variables {
    ssh_cidrs = ["10.0.0.0/16"]
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.ssh["10.0.0.0/16"].from_port == 22
    error_message = "One rule a network."
  }
}

run "the_internet_is_refused" {
  command = plan

  variables {
    ssh_cidrs = ["0.0.0.0/0"]
  }

  expect_failures = [var.ssh_cidrs]
}

run "a_wrong_type_is_refused" {
  command = plan

  variables {
    instance_type = "large"
  }

  expect_failures = [var.instance_type]
}

run "a_wrong_subnet_is_refused" {
  command = plan

  variables {
    subnet_id = "vpc-0123456789abcdef0"
  }

  expect_failures = [var.subnet_id]
}

run "half_a_gibibyte_is_refused" {
  command = plan

  variables {
    disk_gib = 20.5
  }

  expect_failures = [var.disk_gib]
}

run "graviton_gets_its_own_image" {
  variables {
    architecture  = "arm64"
    instance_type = "c7g.large"
  }

  assert {
    condition     = local.images["debian-12"].name == "debian-12-arm64-*"
    error_message = "Debian's name for the architecture."
  }
}
