using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using SreLab.Workloads.ServiceDefaults.Defects;

namespace SreLab.Workloads.InvoiceApp.Defects;

/// <summary>Ends at once on SIGTERM, requests in flight included.</summary>
internal sealed class AbruptShutdown() : Defect(DefectName)
{
    public const string DefectName = "abrupt-shutdown";

    // The registration ends with the object: the service holds it for as long as it lives.
    public override void Alter(IServiceCollection services) => services.AddSingleton(PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ =>
    {
        using var process = Process.GetCurrentProcess();
        process.Kill();
    }));
}
