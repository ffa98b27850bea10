locals {
  addons = merge(
    {
      # Without it network policies are accepted and not enforced.
      vpc-cni    = { role = null, configuration = jsonencode({ enableNetworkPolicy = "true" }) }
      coredns    = { role = null, configuration = null }
      kube-proxy = { role = null, configuration = null }
    },
    # Volumes need a role that may make them.
    { for role in [var.ebs_csi_role_arn] : "aws-ebs-csi-driver" => { role = role, configuration = null } if role != null },
  )

  kubeconfig = yamlencode({
    apiVersion      = "v1"
    kind            = "Config"
    current-context = var.name
    clusters = [{
      name = var.name
      cluster = {
        server                     = aws_eks_cluster.this.endpoint
        certificate-authority-data = aws_eks_cluster.this.certificate_authority[0].data
      }
    }]
    contexts = [{ name = var.name, context = { cluster = var.name, user = var.name } }]
    users = [{
      name = var.name
      user = {
        exec = {
          apiVersion = "client.authentication.k8s.io/v1beta1"
          command    = "aws"
          args       = ["eks", "get-token", "--region", data.aws_region.current.name, "--cluster-name", var.name]
        }
      }
    }]
  })
}
