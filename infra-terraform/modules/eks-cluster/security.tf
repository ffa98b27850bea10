# Of the control plane's interfaces. Nodes have the cluster's own security group, which EKS makes.
resource "aws_security_group" "this" {
  name_prefix = "${var.name}-control-plane-"
  description = "SreLab cluster ${var.name}: API server"
  vpc_id      = var.vpc_id
  tags        = var.tags

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "api" {
  for_each = var.api_client_cidrs

  security_group_id = aws_security_group.this.id
  description       = "API server, from inside of the network"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = each.value
}

# The load generator reaches the database on the pods' own addresses, behind the internal load balancer.
resource "aws_vpc_security_group_ingress_rule" "database" {
  for_each = var.database_client_security_groups

  security_group_id            = aws_eks_cluster.this.vpc_config[0].cluster_security_group_id
  description                  = "PostgreSQL, from ${each.key}"
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
  referenced_security_group_id = each.value
}
