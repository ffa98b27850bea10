locals {
  invoicing = { namespace = var.namespaces.invoicing, name = "invoice-app" }
  payments  = { namespace = var.namespaces.payments, name = "payment-provider" }

  common = {
    sidecarImage   = var.images.edge_proxy
    scrapeInterval = var.scrape_interval
  }

  database = {
    host        = var.database.host
    name        = var.database.name
    namespace   = var.database.namespace
    cluster     = var.database.cluster
    caConfigMap = var.verify_database ? "database-ca" : ""
  }

  services = {
    invoice-app = {
      namespace = var.namespaces.invoicing
      values = {
        workload = merge(local.common, {
          image       = var.images.invoice_app
          database    = local.database
          calls       = [local.payments]
          environment = { PAYMENT_PROVIDER_URL = "http://payment-provider.${var.namespaces.payments}.svc:8080" }
          ingress = merge(
            { host = var.ingress.host, cidrs = var.ingress.cidrs, tlsSecret = var.ingress.tls_secret },
            # Without one the overlay's class counts.
            { for key, class in { className = var.ingress.class } : key => class if class != null },
          )
        })
        network = { monitoringNamespace = var.namespaces.monitoring }
      }
    }
    payment-provider = {
      namespace = var.namespaces.payments
      values = {
        workload = merge(local.common, {
          image    = var.images.payment_provider
          database = local.database
          callers  = [local.invoicing]
        })
        network = { monitoringNamespace = var.namespaces.monitoring }
      }
    }
  }
}
