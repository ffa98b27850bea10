mock_provider "aws" {
  mock_data "aws_region" {
    defaults = {
      name = "eu-central-1"
    }
  }

  mock_resource "aws_eks_cluster" {
    defaults = {
      endpoint              = "https://example.invalid"
      certificate_authority = [{ data = "Q0E=" }]
      vpc_config            = { cluster_security_group_id = "sg-0123456789abcdef0" }
    }
  }
}

override_data {
  target = module.cluster.data.aws_subnet.this["subnet-0123456789abcdef0"]
  values = {
    vpc_id            = "vpc-0123456789abcdef0"
    availability_zone = "eu-central-1a"
  }
}

override_data {
  target = module.cluster.data.aws_subnet.this["subnet-0123456789abcdef1"]
  values = {
    vpc_id            = "vpc-0123456789abcdef0"
    availability_zone = "eu-central-1b"
  }
}

variables {
  region           = "eu-central-1"
  vpc_id           = "vpc-0123456789abcdef0"
  subnet_ids       = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  cluster_role_arn = "arn:aws:iam::123456789012:role/cluster"
  node_role_arn    = "arn:aws:iam::123456789012:role/nodes"
  ebs_csi_role_arn = "arn:aws:iam::123456789012:role/ebs"
}

run "a_cluster_and_no_host" {
  assert {
    condition     = output.load_generator == null && yamldecode(output.kubeconfig).current-context == "srelab"
    error_message = "The host is asked for."
  }
}

run "a_host_that_reaches_the_database" {
  variables {
    load_generator   = { enabled = true }
    api_client_cidrs = ["10.0.0.0/16"]
  }

  assert {
    condition     = output.load_generator.instance_id != ""
    error_message = "Every output resolves."
  }
}
