using k8s.Models;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Kubernetes.Faults;

/// <summary>What may be broken: pods that carry the mark of a database's cluster.</summary>
internal static class Instances
{
    /// <summary>Refuses a pod without the mark.</summary>
    /// <exception cref="LabException">It is no instance.</exception>
    public static void Require(V1Pod pod, string space)
    {
        if (pod.Metadata.Labels is null || !pod.Metadata.Labels.ContainsKey(DatabaseCluster.NameLabel))
        {
            throw new LabException($"fault refused: {space}/{pod.Metadata.Name} is no instance of a CloudNativePG cluster.\n  look         kubectl --namespace {space} get pods --show-labels");
        }
    }
}
