using Microsoft.Extensions.DependencyInjection;
using SreLab.Workloads.ServiceDefaults.Defects;
using SreLab.Workloads.ServiceDefaults.Hosting;

namespace SreLab.Workloads.InvoiceApp.Defects;

/// <summary>Ready from the first moment, whatever the database does. Only draining still counts.</summary>
internal sealed class EarlyReadiness() : Defect(DefectName)
{
    public const string DefectName = "early-readiness";

    public override void Alter(IServiceCollection services) => services.AddSingleton<Readiness, AlwaysReady>();

    private sealed class AlwaysReady(ServiceLifecycle lifecycle) : Readiness(lifecycle, [])
    {
        private readonly ServiceLifecycle _lifecycle = lifecycle;

        public override string? NotReadyBecause => _lifecycle.IsDraining ? Draining : null;
    }
}
