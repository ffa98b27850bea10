mock_provider "aws" {
  mock_data "aws_region" {
    defaults = {
      name = "eu-central-1"
    }
  }

  mock_data "aws_subnet" {
    defaults = {
      vpc_id = "vpc-0123456789abcdef0"
    }
  }

  mock_resource "aws_eks_cluster" {
    defaults = {
      endpoint              = "https://example.invalid"
      certificate_authority = [{ data = "Q0E=" }]
    }
  }
}

override_data {
  target = data.aws_subnet.this["subnet-0123456789abcdef0"]
  values = {
    vpc_id            = "vpc-0123456789abcdef0"
    availability_zone = "eu-central-1a"
  }
}

override_data {
  target = data.aws_subnet.this["subnet-0123456789abcdef1"]
  values = {
    vpc_id            = "vpc-0123456789abcdef0"
    availability_zone = "eu-central-1b"
  }
}

variables {
  vpc_id           = "vpc-0123456789abcdef0"
  subnet_ids       = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  cluster_role_arn = "arn:aws:iam::123456789012:role/cluster"
  node_role_arn    = "arn:aws:iam::123456789012:role/nodes"
  ebs_csi_role_arn = "arn:aws:iam::123456789012:role/ebs"
}

run "private_with_volumes_and_policies" {
  assert {
    condition     = aws_eks_cluster.this.vpc_config[0].endpoint_public_access == false
    error_message = "The API server is not on the internet."
  }

  assert {
    condition     = jsondecode(aws_eks_addon.this["vpc-cni"].configuration_values).enableNetworkPolicy == "true" && contains(keys(aws_eks_addon.this), "aws-ebs-csi-driver")
    error_message = "Network policies are enforced; volumes can be made."
  }

  assert {
    condition     = yamldecode(output.kubeconfig).users[0].user.exec.args == ["eks", "get-token", "--region", "eu-central-1", "--cluster-name", "srelab"]
    error_message = "The kubeconfig asks for a token; it holds none."
  }

  assert {
    condition     = aws_eks_node_group.this.scaling_config[0].min_size == 3
    error_message = "A node for each instance of the database."
  }
}

run "a_public_endpoint_for_named_networks" {
  variables {
    public_access_cidrs = ["203.0.113.0/24"]
  }

  assert {
    condition     = aws_eks_cluster.this.vpc_config[0].endpoint_public_access && aws_eks_cluster.this.vpc_config[0].public_access_cidrs == toset(["203.0.113.0/24"])
    error_message = "Only those."
  }
}

run "the_whole_internet_is_refused" {
  command = plan

  variables {
    public_access_cidrs = ["0.0.0.0/0"]
  }

  expect_failures = [var.public_access_cidrs]
}

run "subnets_of_another_network_are_refused" {
  command = plan

  variables {
    vpc_id = "vpc-0123456789abcdef9"
  }

  expect_failures = [aws_eks_cluster.this]
}

run "an_old_version_is_refused" {
  command = plan

  variables {
    kubernetes_version = "1.29"
  }

  expect_failures = [var.kubernetes_version]
}

run "two_nodes_are_refused" {
  command = plan

  variables {
    nodes = { min = 2, desired = 2, max = 2 }
  }

  expect_failures = [var.nodes]
}

run "a_role_is_an_arn" {
  command = plan

  variables {
    node_role_arn = "nodes"
  }

  expect_failures = [var.node_role_arn]
}
