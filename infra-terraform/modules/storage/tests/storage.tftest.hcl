mock_provider "kubernetes" {}

run "a_class_of_our_own" {
  assert {
    condition     = output.name == "srelab" && kubernetes_storage_class_v1.this[0].volume_binding_mode == "WaitForFirstConsumer"
    error_message = "The volume comes where the pod is."
  }

  assert {
    condition     = kubernetes_storage_class_v1.this[0].reclaim_policy == "Delete"
    error_message = "What the lab made goes with the lab."
  }
}

run "a_class_that_is_there" {
  variables {
    create = false
    name   = "gp3"
  }

  assert {
    condition     = output.name == "gp3" && length(kubernetes_storage_class_v1.this) == 0
    error_message = "Taken, not made."
  }
}

run "a_wrong_name_is_refused" {
  command = plan

  variables {
    name = "Not_A_Name"
  }

  expect_failures = [var.name]
}
