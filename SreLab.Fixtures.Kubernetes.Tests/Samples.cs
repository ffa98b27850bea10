namespace SreLab.Fixtures.Kubernetes.Tests;

/// <summary>Lines of Terraform 1.11, as <c>-json</c> writes them.</summary>
internal static class Samples
{
    public const string Apply =
        """
        {"@level":"info","@message":"Terraform 1.11.4","@module":"terraform.ui","@timestamp":"2026-11-21T22:12:01.1Z","terraform":"1.11.4","type":"version","ui":"1.2"}
        {"@level":"info","@message":"Plan: 2 to add, 0 to change, 0 to destroy.","@module":"terraform.ui","changes":{"add":2,"change":0,"import":0,"remove":0,"operation":"plan"},"type":"change_summary"}
        {"@level":"info","@message":"module.platform.module.database.helm_release.operator: Creating...","hook":{"resource":{"addr":"module.platform.module.database.helm_release.operator","module":"module.platform.module.database"},"action":"create"},"type":"apply_start"}
        {"@level":"info","@message":"module.platform.module.database.helm_release.operator: Still creating... [10s elapsed]","hook":{"resource":{"addr":"module.platform.module.database.helm_release.operator"},"action":"create","elapsed_seconds":10},"type":"apply_progress"}
        {"@level":"info","@message":"module.platform.module.database.helm_release.operator: Creation complete after 14s [id=cloudnative-pg]","hook":{"resource":{"addr":"module.platform.module.database.helm_release.operator"},"action":"create","id_key":"id","id_value":"cloudnative-pg","elapsed_seconds":14},"type":"apply_complete"}
        a line that a provider wrote by itself
        {"@level":"warn","@message":"Warning: Deprecated attribute","diagnostic":{"severity":"warning","summary":"Deprecated attribute","detail":"use another"},"type":"diagnostic"}
        {"@level":"info","@message":"Apply complete! Resources: 2 added, 0 changed, 0 destroyed.","changes":{"add":2,"change":0,"import":0,"remove":0,"operation":"apply"},"type":"change_summary"}
        {"@level":"info","@message":"Outputs: 1","outputs":{"storage_class":{"sensitive":false,"type":"string","value":"srelab-database"}},"type":"outputs"}
        """;

    public const string FailedApply =
        """
        {"@level":"error","@message":"Error: installation failed","diagnostic":{"severity":"error","summary":"installation failed","detail":"context deadline exceeded\nwith hunter2hunter2hunter2","address":"module.platform.module.database.helm_release.cluster"},"type":"diagnostic"}
        {"@level":"error","@message":"Error: Invalid value","diagnostic":{"severity":"error","summary":"Invalid value","detail":"prefix: lower-case letters."},"type":"diagnostic"}
        {"@level":"error","@message":"Error: Invalid value","diagnostic":{"severity":"error","summary":"Invalid value","detail":"prefix: lower-case letters."},"type":"diagnostic"}
        """;

    public const string EmptyPlan =
        """
        {"@level":"info","@message":"Plan: 0 to add, 0 to change, 0 to destroy.","changes":{"add":0,"change":0,"import":0,"remove":0,"operation":"plan"},"type":"change_summary"}
        """;

    /// <summary>A plan right after an apply, as it was seen: annotations that were null are an empty map now, and nothing is to be changed.</summary>
    public const string DriftWithoutChange =
        """
        {"@level":"info","@message":"module.platform.module.database.kubernetes_secret_v1.login[\"owner\"]: Drift detected (update)","change":{"resource":{"addr":"module.platform.module.database.kubernetes_secret_v1.login[\"owner\"]"},"action":"update"},"type":"resource_drift"}
        {"@level":"info","@message":"Plan: 0 to add, 0 to change, 0 to destroy.","changes":{"add":0,"change":0,"import":0,"remove":0,"operation":"plan"},"type":"change_summary"}
        """;

    public const string Plan =
        """
        {"@level":"info","@message":"module.platform.module.database.kubernetes_secret_v1.login[\"owner\"]: Drift detected (update)","change":{"resource":{"addr":"module.platform.module.database.kubernetes_secret_v1.login[\"owner\"]"},"action":"update"},"type":"resource_drift"}
        {"@level":"info","@message":"module.platform.module.namespaces.kubernetes_namespace_v1.this[\"database\"]: Plan to update","change":{"resource":{"addr":"module.platform.module.namespaces.kubernetes_namespace_v1.this[\"database\"]"},"action":"update"},"type":"planned_change"}
        {"@level":"info","@message":"drift","change":{"resource":{"addr":"module.platform.module.namespaces.kubernetes_namespace_v1.this[\"database\"]"},"action":"update"},"type":"resource_drift"}
        {"@level":"info","@message":"module.platform.module.database.helm_release.cluster: Plan to update","change":{"resource":{"addr":"module.platform.module.database.helm_release.cluster"},"action":"update"},"type":"planned_change"}
        {"@level":"info","@message":"data: Plan to read","change":{"resource":{"addr":"data.kubernetes_secret_v1.authority"},"action":"read"},"type":"planned_change"}
        {"@level":"info","@message":"Plan: 0 to add, 1 to change, 0 to destroy.","changes":{"add":0,"change":1,"import":0,"remove":0,"operation":"plan"},"type":"change_summary"}
        """;

    public const string Outputs =
        """
        {
          "database": { "sensitive": false, "type": ["object", {}], "value": {
            "cluster": "srelab", "host": "srelab-rw.srelab-database.svc", "load_balancers": { "rw": "srelab-rw-lb", "ro": "srelab-ro-lb" },
            "database": { "name": "shop", "owner": "app" }, "secrets": { "owner": "srelab-app", "superuser": "srelab-superuser" } } },
          "monitoring": { "sensitive": false, "type": "dynamic", "value": { "rules": 40 } },
          "namespaces": { "sensitive": false, "type": ["map", "string"], "value": { "database": "srelab-database", "operator": "srelab-operator" } },
          "storage_class": { "sensitive": false, "type": "string", "value": "srelab-database" },
          "workloads": { "sensitive": false, "type": "dynamic", "value": null }
        }
        """;
}
