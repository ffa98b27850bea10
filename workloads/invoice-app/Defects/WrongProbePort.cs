using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SreLab.Workloads.ServiceDefaults.Defects;
using SreLab.Workloads.ServiceDefaults.Http;
using SreLab.Workloads.ServiceDefaults.Settings;

namespace SreLab.Workloads.InvoiceApp.Defects;

/// <summary>Probes are answered on the port after the next one only, where nobody asks.</summary>
internal sealed class WrongProbePort() : Defect(DefectName)
{
    public const string DefectName = "wrong-probe-port";

    private const int Beside = 2;

    private HashSet<int> _ports = [];

    public override IReadOnlyList<string> Listen(IReadOnlyList<string> urls)
    {
        var probes = urls.Select(u => new UriBuilder(ListenAddresses.Concrete(u)!) { Port = ListenAddresses.Concrete(u)!.Port + Beside }.Uri).ToList();
        _ports = [.. probes.Select(p => p.Port)];
        return [.. urls, .. probes.Select(p => p.GetLeftPart(UriPartial.Authority))];
    }

    public override void Alter(IApplicationBuilder app) => app.Use((context, next) =>
        WellKnownPaths.IsProbe(context.Request.Path) == _ports.Contains(context.Connection.LocalPort)
            ? next(context)
            : Problem.WriteAsync(context, StatusCodes.Status404NotFound, null));
}
