using SreLab.Fixtures.Kubernetes.Lab;

namespace SreLab.Fixtures.Kubernetes.Targets;

/// <summary>The lab that this process has open: its tunnels and watches are the lab's, not the caller's.</summary>
internal sealed class OpenLab
{
    private KubernetesLab? _lab;

    /// <summary>Takes the one that is open when it is this very lab and whole, and opens it otherwise.</summary>
    /// <param name="client">Taken over.</param>
    /// <param name="id">Id of the lab.</param>
    /// <param name="open">Opens it with that client.</param>
    public async Task<KubernetesLab> TakeAsync(k8s.Kubernetes client, string id, Func<Task<KubernetesLab>> open)
    {
        if (_lab is { } there && there.Id == id && there.HasAllMembers)
        {
            client.Dispose();
            return there;
        }

        await CloseAsync();
        return _lab = await open();
    }

    /// <summary>Closes it: watches and forwards to a cluster that ends would try again for ever. Nothing happens when none is open.</summary>
    public async Task CloseAsync()
    {
        if (_lab is { } open)
        {
            _lab = null;
            await open.DisposeAsync();
        }
    }
}
