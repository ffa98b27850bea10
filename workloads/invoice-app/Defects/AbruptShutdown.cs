using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Builder;
using SreLab.Workloads.ServiceDefaults.Defects;

namespace SreLab.Workloads.InvoiceApp.Defects;

/// <summary>Ends at once on SIGTERM, requests in flight included.</summary>
internal sealed class AbruptShutdown() : Defect(DefectName), IDisposable
{
    public const string DefectName = "abrupt-shutdown";

    private PosixSignalRegistration? _signal;

    public override void Alter(IApplicationBuilder app) => _signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ =>
    {
        using var process = Process.GetCurrentProcess();
        process.Kill();
    });

    public void Dispose() => _signal?.Dispose();
}
